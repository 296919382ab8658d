// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store;

/** The database does not answer; nothing was changed as far as is known. Answered with 503. */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(Throwable cause) {
    super("Database not available", cause);
  }
}
