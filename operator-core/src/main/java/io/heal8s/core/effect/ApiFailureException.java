// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

/** An {@link ApiFailure} where only an exception will do. It has no stack trace of its own. */
public final class ApiFailureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ApiFailure failure;

  ApiFailureException(ApiFailure failure) {
    super(
        failure.getClass().getSimpleName() + ": " + failure.message(),
        failure instanceof ApiFailure.Transient t ? t.cause() : null,
        false,
        false);
    this.failure = failure;
  }

  /** What happened. */
  public ApiFailure failure() {
    return failure;
  }
}
