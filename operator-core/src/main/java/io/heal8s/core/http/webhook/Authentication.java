// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

/** The judgement on a caller. */
public sealed interface Authentication {
  /**
   * Let in.
   *
   * @param caller who it is
   */
  record Accepted(Caller caller) implements Authentication {}

  /**
   * Not let in, and asking again with the same credentials will not help.
   *
   * @param status 401 if the caller is not known, 403 if it is known and not on the list
   * @param reason why
   */
  record Refused(int status, RefusalReason reason) implements Authentication {
    static Refused unknown(RefusalReason reason) {
      return new Refused(401, reason);
    }

    static Refused forbidden(RefusalReason reason) {
      return new Refused(403, reason);
    }
  }

  /**
   * Not let in because the check itself is not possible now. To be answered with 503: a sender that
   * retries on 5xx only, as Alertmanager does, must not lose an alert to an outage of ours.
   *
   * @param reason what is not possible
   */
  record Unavailable(RefusalReason reason) implements Authentication {}
}
