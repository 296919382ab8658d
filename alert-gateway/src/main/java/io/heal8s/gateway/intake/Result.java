// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.effect.ApiFailure;
import io.heal8s.gateway.intent.SkipReason;
import java.io.InterruptedIOException;
import java.util.List;

/** What became of one alert. Only {@link Failed} is worth sending again. */
public sealed interface Result {

  /** Its Remediation is stored. */
  record Created(String namespace, String name) implements Result {}

  /** Its Remediation was stored before. */
  record Exists(String namespace, String name) implements Result {}

  /** Its end is noted on these Remediations; none may be running. */
  record Resolved(String namespace, List<String> names) implements Result {}

  /** Left alone for good. */
  record Skipped(SkipReason reason, String message) implements Result {}

  /** Not done, or not known to be done. */
  record Failed(Trouble trouble, String message) implements Result {}

  /** The delivery's time is over before everything was asked. */
  static Result outOfTime() {
    return new Failed(Trouble.Timeout, "no time was left to ask the API server again");
  }

  /** What a failure of the API server means for the alert. */
  static Result of(ApiFailure failure) {
    String message = failure.message();
    return switch (failure) {
      case ApiFailure.Invalid invalid -> new Skipped(SkipReason.Invalid, message);
      case ApiFailure.NamespaceTerminating terminating ->
          new Skipped(SkipReason.NamespaceTerminating, message);
      case ApiFailure.NotFound missing when missing.kindMissing() ->
          new Failed(Trouble.KindMissing, message);
      case ApiFailure.NotFound missing when missing.namespaceMissing() ->
          new Skipped(SkipReason.NamespaceMissing, message);
      case ApiFailure.NotFound missing -> new Failed(Trouble.Conflict, message);
      case ApiFailure.AlreadyExists exists -> new Failed(Trouble.Conflict, message);
      case ApiFailure.Conflict conflict -> new Failed(Trouble.Conflict, message);
      case ApiFailure.Expired expired -> new Failed(Trouble.Conflict, message);
      case ApiFailure.Forbidden forbidden when isAdmission(message) ->
          new Skipped(SkipReason.Invalid, message);
      case ApiFailure.Forbidden forbidden -> new Failed(Trouble.Forbidden, message);
      case ApiFailure.QuotaExceeded quota -> new Failed(Trouble.QuotaExceeded, message);
      case ApiFailure.Throttled throttled -> new Failed(Trouble.Throttled, message);
      case ApiFailure.Transient passing -> new Failed(trouble(passing), message);
    };
  }

  /**
   * Admission refuses the object, not us; both come as 403, told apart by the fixed words alone.
   */
  private static boolean isAdmission(String message) {
    return message.contains("denied request:") || message.contains("denied the request");
  }

  private static Trouble trouble(ApiFailure.Transient failure) {
    if (failure.cause() instanceof InterruptedIOException || failure.code() == 504) {
      return Trouble.Timeout;
    }
    return failure.code() == 0 ? Trouble.Unreachable : Trouble.ServerError;
  }
}
