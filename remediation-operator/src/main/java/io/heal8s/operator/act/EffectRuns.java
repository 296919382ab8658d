// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.lifecycle.Results;
import java.util.Set;

/** Carries out effects that are no change of values, and says what must be written of them. */
public final class EffectRuns {

  private final RecordedKeys recorded;
  private final KnownResults results = new KnownResults();
  private final Evictions evictions;
  private final ObjectPatches patches;
  private final WebhookCalls calls;
  private final Commands commands;

  // Two, so that receivers that are slow stop no command.
  private final Places callPlaces;
  private final Places commandPlaces;

  /**
   * Acts through these.
   *
   * @param cache tells which recorded effects there still are
   * @param most how many calls, and how many commands, may be under way at once, at least 1; both
   *     together fewer than there are workers, so that those who hang do not stop everybody else
   */
  public EffectRuns(
      PodEvictor evictor,
      WebhookSender webhooks,
      PodExec exec,
      ObjectPatcher patcher,
      RemediationCache cache,
      int most) {
    this.recorded = new RecordedKeys(cache);
    this.callPlaces = new Places(most);
    this.commandPlaces = new Places(most);
    this.evictions = new Evictions(evictor);
    this.patches = new ObjectPatches(patcher);
    this.calls = new WebhookCalls(webhooks, results);
    this.commands = new Commands(exec, commandPlaces, results);
  }

  Ran run(Remediation base, Effect effect, RunContext run) {
    Ran unwritten = results.unwritten(base, run);
    if (unwritten != null) {
      return unwritten;
    }
    return switch (effect) {
      case Effect.Evict evict -> evictions.evict(base, evict, run);
      case Effect.Call call -> {
        forgetTheGoneWhere(callPlaces.areTaken());
        yield callPlaces.in(base, () -> calls.call(base, call, run));
      }
      case Effect.Forgo(String failure) ->
          new Ran.Write(Results.givenUp(base, failure, run.now()), Outcome.DONE);
      case Effect.Patch patch -> patches.patch(base, patch, run);
      case Effect.Command command -> {
        forgetTheGoneWhere(true);
        // Not recorded as begun while it would have to wait for a place.
        yield commandPlaces.areTaken()
            ? commandPlaces.later(base)
            : commands.toBegin(base, command, run);
      }
      case Effect.Recall() -> {
        forgetTheGoneWhere(commandPlaces.areTaken());
        yield commands.goOn(base, run);
      }
    };
  }

  /** Runs a command whose beginning was written, in the first of its places. */
  Ran begin(Remediation base, RunContext run) {
    return commands.goOn(base, run);
  }

  /** That its beginning is surely not written. */
  void notBegun(Remediation base) {
    commands.notBegun(base);
  }

  /** The result was written. */
  void written(Remediation base) {
    results.written(base);
  }

  private void forgetTheGoneWhere(boolean isWorthIt) {
    if (isWorthIt) {
      Set<String> keys = recorded.all();
      results.retain(keys);
      commands.retain(keys);
      callPlaces.retain(keys);
      commandPlaces.retain(keys);
    }
  }
}
