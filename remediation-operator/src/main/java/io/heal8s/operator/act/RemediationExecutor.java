// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.IntentExecutor;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.operator.act.WorkloadChange.Result;
import io.heal8s.operator.intent.Claim;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.lifecycle.Results;
import io.heal8s.operator.lifecycle.TargetKeys;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Does what the loops decided: the only writer of this service. An intent that was recorded is
 * carried out and its result recorded in the same call; killed in between, the next run looks it
 * up.
 */
public final class RemediationExecutor implements IntentExecutor<RemediationIntent> {

  private static final Duration READ_AGAIN = Duration.ofMillis(100);

  private final RemediationWriter writer;
  private final WorkloadChange workloads;
  private final EffectRuns runs;
  private final EffectLedger ledger;
  private final EventSink events;
  private final Transitions transitions;
  private final JudgedInputs<String> targets;
  private final JudgedInputs<ObjectKey> arrivals;

  /** Wires the executor. */
  public RemediationExecutor(
      RemediationWriter writer,
      WorkloadChange workloads,
      EffectRuns runs,
      EffectLedger ledger,
      EventSink events,
      Transitions transitions,
      JudgedInputs<String> targets,
      JudgedInputs<ObjectKey> arrivals) {
    this.writer = writer;
    this.workloads = workloads;
    this.runs = runs;
    this.ledger = ledger;
    this.events = events;
    this.transitions = transitions;
    this.targets = targets;
    this.arrivals = arrivals;
  }

  @Override
  public Outcome execute(RemediationIntent intent, RunContext run) {
    Outcome outcome =
        switch (intent) {
          case RemediationIntent.WriteStatus write -> claimAndWrite(write, run);
          case RemediationIntent.RememberRefusal(Remediation base, String cause) ->
              outcomeOf(writer.writeCause(base, cause));
          case RemediationIntent.CarryOut carryOut -> carryOut(carryOut, run);
          case RemediationIntent.Run effect -> run(effect, run);
        };
    if (!(outcome instanceof Outcome.Done)) {
      judgeOnceMore(intent.base());
    }
    return outcome;
  }

  private Outcome claimAndWrite(RemediationIntent.WriteStatus write, RunContext run) {
    Claim claim = write.claim();
    if (claim == null) {
      return write(write);
    }
    ObjectKey key = ObjectKey.of(write.base().getMetadata());
    if (!ledger.reserve(key, claim, run.now())) {
      return Outcome.waiting(READ_AGAIN, ActReason.BudgetExhausted);
    }
    Outcome outcome = write(write);
    if (outcome instanceof Outcome.Done) {
      ledger.written(key);
    } else {
      // After a lost answer the record may be there; then the cache will show it and count it.
      ledger.release(key);
    }
    return outcome;
  }

  private Outcome write(RemediationIntent.WriteStatus write) {
    Outcome outcome = outcomeOf(writer.writeStatus(write.base(), write.status()));
    if (outcome instanceof Outcome.Done) {
      transitions.happened(write.base(), write.status());
      write.tell().forEach(announcement -> events.tell(write.base(), announcement));
    }
    return outcome;
  }

  private Outcome carryOut(RemediationIntent.CarryOut intent, RunContext run) {
    Remediation base = intent.base();
    ResolvedTarget target = Objects.requireNonNull(base.statusOrEmpty().target());
    List<Change> changes = intent.changes();
    boolean apply =
        switch (intent.type()) {
          case Apply -> true;
          case Undo -> false;
        };
    return switch (workloads.make(target, changes, intent.account())) {
      case Result.Made(long generation) ->
          write(
              apply
                  ? Results.changed(base, generation, run.now())
                  : Results.takenBack(base, run.now()));
      case Result.Moved() -> Outcome.waiting(READ_AGAIN, ActReason.Conflict);
      case Result.Refused(String message) ->
          write(
              apply
                  ? Results.changeRefused(base, message, run.now())
                  : Results.undoRefused(base, message, run.now()));
      case Result.Failed(Outcome outcome) -> outcome;
    };
  }

  private Outcome run(RemediationIntent.Run intent, RunContext run) {
    return follow(intent, runs.run(intent.base(), intent.effect(), run), run);
  }

  private Outcome follow(RemediationIntent.Run intent, Ran ran, RunContext run) {
    return switch (ran) {
      case Ran.Only(Outcome outcome) -> outcome;
      case Ran.Write(RemediationIntent.WriteStatus status, Outcome then) -> {
        if (status.status().equals(intent.base().statusOrEmpty())) {
          yield then;
        }
        Outcome written = write(status);
        if (written instanceof Outcome.Done) {
          runs.written(intent.base());
          yield then;
        }
        yield written;
      }
      case Ran.Begin(RemediationIntent.WriteStatus first) -> {
        Answer<Remediation> answer = writer.writeStatus(first.base(), first.status());
        yield switch (answer) {
          case Answer.Ok<Remediation>(Remediation begun) ->
              follow(
                  new RemediationIntent.Run(begun, intent.effect()), runs.begin(begun, run), run);
          case Answer.Failed<Remediation>(ApiFailure failure) -> {
            // After a lost answer the record may be there; then the next run finds it begun.
            if (!(failure instanceof ApiFailure.Transient)) {
              runs.notBegun(intent.base());
            }
            yield outcomeOf(answer);
          }
        };
      }
    };
  }

  private static Outcome outcomeOf(Answer<Remediation> answer) {
    return switch (answer) {
      case Answer.Ok<Remediation> _ -> Outcome.DONE;
      case Answer.Failed<Remediation>(ApiFailure failure) ->
          switch (failure) {
            // The object is gone: nothing is left to write to.
            case ApiFailure.NotFound missing when !missing.kindMissing() -> Outcome.DONE;
            // A status that the server will never take is our bug: it must be seen, again and
            // again.
            case ApiFailure.Invalid invalid ->
                new Outcome.Retry(ActReason.WriteFailed, invalid.asException());
            case ApiFailure.NotFound _,
                ApiFailure.AlreadyExists _,
                ApiFailure.Conflict _,
                ApiFailure.Expired _,
                ApiFailure.Forbidden _,
                ApiFailure.QuotaExceeded _,
                ApiFailure.NamespaceTerminating _,
                ApiFailure.Throttled _,
                ApiFailure.Transient _ ->
                failure.outcome(ActReason.Conflict);
          };
    };
  }

  private void judgeOnceMore(Remediation base) {
    ResolvedTarget target = base.statusOrEmpty().target();
    if (target == null) {
      arrivals.forget(ObjectKey.of(base.getMetadata()));
    } else {
      targets.forget(target.key());
      targets.forget(TargetKeys.ofCalls(target.key()));
    }
  }
}
