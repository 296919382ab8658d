// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.lifecycle.LifecycleReason;
import io.heal8s.operator.lifecycle.Results;
import java.time.Duration;

/** Evicts pods, and says what must be written of it. */
final class Evictions {

  private static final Duration BUDGET_PAUSE = Duration.ofSeconds(5);

  private final PodEvictor evictor;

  Evictions(PodEvictor evictor) {
    this.evictor = evictor;
  }

  Ran evict(Remediation base, Effect.Evict evict, RunContext run) {
    return switch (evictor.evict(evict)) {
      case Answer.Ok<Boolean> _ -> evicted(base, evict, run);
      case Answer.Failed<Boolean>(ApiFailure failure) -> notEvicted(base, evict, failure, run);
    };
  }

  /** Said once, so that whoever finds the record knows that pods are gone already. */
  private static Ran evicted(Remediation base, Effect.Evict evict, RunContext run) {
    Outcome next = Outcome.waiting(Duration.ofSeconds(1), LifecycleReason.RestartingPods);
    boolean said = LifecycleReason.RestartingPods.name().equals(base.statusOrEmpty().reason());
    return said
        ? new Ran.Only(next)
        : new Ran.Write(
            Results.progress(
                base,
                LifecycleReason.RestartingPods,
                "pod " + evict.pod() + " was evicted; waits for the one that comes for it",
                run.now()),
            next);
  }

  private static Ran notEvicted(
      Remediation base, Effect.Evict evict, ApiFailure failure, RunContext run) {
    return switch (failure) {
      case ApiFailure.Throttled(Duration after, String message) -> {
        Duration pause = after.compareTo(BUDGET_PAUSE) < 0 ? BUDGET_PAUSE : after;
        yield new Ran.Write(
            Results.progress(
                base,
                LifecycleReason.DisruptionBudget,
                "pod " + evict.pod() + " may not be evicted yet: " + message,
                run.now()),
            Outcome.waiting(pause, LifecycleReason.DisruptionBudget));
      }
      // Gone or another one: the next look sees that.
      case ApiFailure.NotFound _,
          ApiFailure.Conflict _,
          ApiFailure.AlreadyExists _,
          ApiFailure.Expired _ ->
          new Ran.Only(Outcome.waiting(Duration.ofMillis(100), ActReason.Conflict));
      case ApiFailure.Forbidden _, ApiFailure.Invalid _ ->
          new Ran.Write(Results.changeRefused(base, failure.message(), run.now()), Outcome.DONE);
      case ApiFailure.QuotaExceeded _, ApiFailure.NamespaceTerminating _, ApiFailure.Transient _ ->
          new Ran.Only(failure.outcome(ActReason.WriteFailed));
    };
  }
}
