// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

/** A question that cannot be answered; the message is for the caller. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean callersFault;

  private RefusedException(String message, boolean callersFault) {
    super(message, null, false, false);
    this.callersFault = callersFault;
  }

  static RefusedException wrong(String message) {
    return new RefusedException(message, true);
  }

  static RefusedException unavailable(String message) {
    return new RefusedException(message, false);
  }

  boolean isCallersFault() {
    return callersFault;
  }
}
