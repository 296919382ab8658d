// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.http.secret.Redactor;
import io.heal8s.operator.act.PodExec.Result;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.lifecycle.LifecycleReason;
import io.heal8s.operator.lifecycle.Results;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs commands in containers, one place in one run, and says what must be written of them. */
final class Commands {

  private static final String COMMAND_BEGUN =
      "the command was begun; its result is recorded when it ends";
  private static final Duration NEXT_PLACE = Duration.ofMillis(100);
  private static final int MOST_OUTPUT = 500;

  private final PodExec exec;
  private final Places places;
  private final KnownResults results;
  private final Redactor redactor = Redactor.ofShapes();

  // By key of the recorded intent: commands that were begun, or are about to be, and have places
  // left.
  private final Map<String, BegunCommand> begun = new ConcurrentHashMap<>();

  Commands(PodExec exec, Places places, KnownResults results) {
    this.exec = exec;
    this.places = places;
    this.results = results;
  }

  /** Forgets those of effects that are recorded no more. */
  void retain(Set<String> recorded) {
    begun.keySet().retainAll(recorded);
  }

  /**
   * Kept before it is written: where the answer to the write is lost, the record may be there, and
   * only this process knows that nothing has run.
   */
  Ran toBegin(Remediation base, Effect.Command command, RunContext run) {
    begun.put(RecordedKeys.of(base), BegunCommand.nowhere(command));
    return new Ran.Begin(
        Results.progress(base, LifecycleReason.CommandStarted, COMMAND_BEGUN, run.now()));
  }

  /** That its beginning is surely not written. */
  void notBegun(Remediation base) {
    begun.remove(RecordedKeys.of(base));
  }

  /** Goes on with one whose beginning was written, or says that nobody knows how it ended. */
  Ran goOn(Remediation base, RunContext run) {
    BegunCommand known = begun.get(RecordedKeys.of(base));
    if (known != null) {
      return places.in(base, () -> runNext(base, known, run));
    }
    String last = base.statusOrEmpty().message();
    return results.ended(
        base,
        false,
        LifecycleReason.ResultUnknown,
        "the operator was stopped while the command ran; whether it ended is not known,"
            + " and it is not run a second time"
            + (last == null || last.equals(COMMAND_BEGUN) ? "" : "; seen before: " + last),
        run);
  }

  /** One place in one run: each may take as long as a run may. */
  private Ran runNext(Remediation base, BegunCommand before, RunContext run) {
    String rejectedBy = annotation(base, Annotations.REJECT);
    if (!rejectedBy.isEmpty()) {
      begun.remove(RecordedKeys.of(base));
      return results.ended(
          base,
          false,
          LifecycleReason.CommandFailed,
          "rejected by " + rejectedBy + "; " + before.sentence(),
          run);
    }
    if (Thread.currentThread().isInterrupted()) {
      return new Ran.Only(Outcome.waiting(NEXT_PLACE, LifecycleReason.CommandStarted));
    }
    Effect.Command command = before.command();
    Effect.Command.Place place = before.next();
    Result result =
        exec.run(
            command.namespace(),
            place.pod(),
            place.container(),
            command.account(),
            command.command());
    if (before.told().isEmpty() && result instanceof Result.Refused(String message)) {
      begun.remove(RecordedKeys.of(base));
      return results.refused(base, message, run);
    }
    boolean succeeded = result instanceof Result.Exited(int code, _) && code == 0;
    BegunCommand after = before.and(succeeded, place.pod() + ": " + told(result));
    if (!after.over()) {
      begun.put(RecordedKeys.of(base), after);
      return new Ran.Write(
          Results.progress(base, LifecycleReason.CommandStarted, after.sentence(), run.now()),
          Outcome.waiting(NEXT_PLACE, LifecycleReason.CommandStarted));
    }
    begun.remove(RecordedKeys.of(base));
    boolean success = after.succeeded() > 0;
    return results.ended(
        base,
        success,
        success ? LifecycleReason.CommandSucceeded : LifecycleReason.CommandFailed,
        after.sentence(),
        run);
  }

  private String told(Result result) {
    return switch (result) {
      case Result.Exited(int code, _) when code == 0 -> "exit code 0";
      case Result.Exited(int code, String output) ->
          "exit code " + code + (output.isBlank() ? "" : ", it wrote: " + shown(output));
      case Result.Refused(String message) -> "not begun: " + message;
      case Result.NotBegun(String message) -> "not begun: " + message;
      case Result.Lost(String message) -> "no result: " + message;
    };
  }

  private String shown(String output) {
    String clean = redactor.redact(output.strip());
    return clean.length() <= MOST_OUTPUT
        ? clean
        : "…" + clean.substring(clean.length() - MOST_OUTPUT);
  }

  private static String annotation(Remediation base, String name) {
    Map<String, String> annotations = base.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "").strip();
  }
}
