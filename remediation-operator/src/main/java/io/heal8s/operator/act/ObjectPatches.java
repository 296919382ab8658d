// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.http.secret.Redactor;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.lifecycle.LifecycleReason;
import io.heal8s.operator.lifecycle.Results;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.target.LiveObject;
import java.time.Duration;

/** Patches objects, and says what must be written of it. */
final class ObjectPatches {

  // A step of a patch that leads nowhere looks like a conflict; it is not worth ten tries a second.
  private static final Duration CONFLICT_PAUSE = Duration.ofSeconds(2);

  private final ObjectPatcher patcher;
  private final Redactor redactor = Redactor.ofShapes();

  ObjectPatches(ObjectPatcher patcher) {
    this.patcher = patcher;
  }

  Ran patch(Remediation base, Effect.Patch patch, RunContext run) {
    return switch (patcher.patch(patch, RecordedKeys.of(base))) {
      // The next look finds our key on the object, as it would after a crash.
      case Answer.Ok<LiveObject> _ ->
          new Ran.Only(Outcome.waiting(Duration.ofMillis(100), LifecycleReason.Scheduled));
      case Answer.Failed<LiveObject>(ApiFailure failure) -> notPatched(base, patch, failure, run);
    };
  }

  private Ran notPatched(Remediation base, Effect.Patch patch, ApiFailure failure, RunContext run) {
    return switch (failure) {
      case ApiFailure.NotFound _,
          ApiFailure.Conflict _,
          ApiFailure.AlreadyExists _,
          ApiFailure.Expired _ ->
          new Ran.Only(Outcome.waiting(CONFLICT_PAUSE, ActReason.Conflict));
      case ApiFailure.Forbidden _ ->
          refused(
              base,
              failure.message()
                  + "; give the account that right, and let the operator be it: "
                  + AccountChoice.bindingHint(patch.target().namespace()),
              run);
      // The server's own sentence may repeat what was to be written.
      case ApiFailure.Invalid invalid ->
          refused(
              base,
              patch.target().kind().equals("Secret")
                  ? "the API server refused the patch of a Secret (HTTP " + invalid.code() + ")"
                  : "the API server refused the patch: " + redactor.redact(invalid.message()),
              run);
      case ApiFailure.QuotaExceeded _,
          ApiFailure.NamespaceTerminating _,
          ApiFailure.Throttled _,
          ApiFailure.Transient _ ->
          new Ran.Only(failure.outcome(ActReason.WriteFailed));
    };
  }

  private static Ran refused(Remediation base, String message, RunContext run) {
    return new Ran.Write(Results.refused(base, message, run.now()), Outcome.DONE);
  }
}
