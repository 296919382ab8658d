// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

/** Why a caller was not let in. The names are values of a metric's label. */
public enum RefusalReason {
  /** Nothing was sent that could be checked. */
  NoCredentials("Send credentials of a kind that is accepted here, for example a bearer token."),
  /** The same credential was sent twice, so that two readers could see two callers. */
  AmbiguousCredentials("Send each credential once."),
  /** The token is none of the accepted ones. */
  UnknownToken("The token is not accepted here; it may have been rotated."),
  /** The signature does not belong to this body and timestamp. */
  BadSignature("The signature does not match the body; check the shared key."),
  /** The signature needs a timestamp beside it. */
  TimestampMissing(
      "Send the time of signing in seconds since 1970; see the timestamp header's name."),
  /** Signed too long ago, or in the future. */
  TimestampOutsideWindow("The request was signed too long ago or the clocks differ; sign it anew."),
  /** The certificate's subject is not on the list. */
  UnknownSubject("The certificate is valid, but its subject is not on the list of callers."),
  /** The API server knows the user, but the user is not on the list. */
  UnknownUser("The token is valid, but its user is not on the list of callers."),
  /** No secret can be read to compare with. */
  CredentialsUnreadable(
      "The credentials to compare with cannot be read at this moment; try again."),
  /** The API server does not judge tokens at this moment. */
  ReviewUnavailable("Tokens cannot be judged at this moment; try again."),
  /** A check broke; the log says which. */
  CheckFailed("The credentials could not be checked; try again.");

  private final String advice;

  RefusalReason(String advice) {
    this.advice = advice;
  }

  /**
   * What the caller should do.
   *
   * @return a sentence that repeats nothing of the request
   */
  public String advice() {
    return advice;
  }
}
