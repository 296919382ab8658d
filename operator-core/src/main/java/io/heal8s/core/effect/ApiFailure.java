// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why the API server did not do what it was asked, as data. */
public sealed interface ApiFailure {

  /** One sentence, mostly the server's own. */
  String message();

  /**
   * 404: the object, its namespace or its kind does not exist.
   *
   * @param resource plural of what is missing as the server names it ({@code namespaces} when the
   *     namespace is missing); empty when the server does not serve the kind at all
   * @param name name of what is missing, empty when the kind is
   */
  record NotFound(String resource, String name, String message) implements ApiFailure {

    /** Whether the kind itself is not served: its CRD is not installed. */
    public boolean kindMissing() {
      return name.isEmpty();
    }

    /** Whether it is the namespace that is missing. */
    public boolean namespaceMissing() {
      return resource.equals("namespaces");
    }
  }

  /** 409 on a create: an object of that name exists. */
  record AlreadyExists(String message) implements ApiFailure {}

  /** 409, or a failed test of a JSON Patch: the object is not what the caller thought. */
  record Conflict(String message) implements ApiFailure {}

  /** 410: the resource version or the continue token is too old. */
  record Expired(String message) implements ApiFailure {}

  /** 401, 403: we may not. */
  record Forbidden(int code, String message) implements ApiFailure {}

  /** 403: a quota of the namespace is used up; may pass. */
  record QuotaExceeded(String message) implements ApiFailure {}

  /** 403 on a create: the namespace is being deleted. */
  record NamespaceTerminating(String message) implements ApiFailure {}

  /** 400, 413, 415, 422: the request itself is wrong and stays wrong. */
  record Invalid(int code, String message) implements ApiFailure {}

  /**
   * 429: too many requests.
   *
   * @param retryAfter how long the server wants to be left alone, at least a second
   */
  record Throttled(Duration retryAfter, String message) implements ApiFailure {}

  /**
   * 5xx, a timeout, no connection: may pass. A write may have happened or not.
   *
   * @param code HTTP status, 0 when there was no answer
   */
  record Transient(int code, String message, @Nullable Throwable cause) implements ApiFailure {}

  /** This failure as something that can be thrown or be the cause of a Retry; no stack trace. */
  default ApiFailureException asException() {
    return new ApiFailureException(this);
  }

  /**
   * What a run usually makes of this failure: look again at once after a conflict, later when
   * throttled, Stalled when the request itself is wrong, tried again otherwise.
   */
  default Outcome outcome(Reason reason) {
    return switch (this) {
      case Conflict _, AlreadyExists _, Expired _ ->
          Outcome.waiting(Duration.ofMillis(100), reason);
      case Throttled(Duration retryAfter, _) -> Outcome.waiting(retryAfter, reason);
      case Invalid(_, String message) -> Outcome.stalled(reason, message);
      case NotFound _, Forbidden _, QuotaExceeded _, NamespaceTerminating _, Transient _ ->
          new Outcome.Retry(reason, asException());
    };
  }
}
