// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

/** A body that is not what its sender's format allows; the message says where and what. */
public final class MalformedBodyException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * A problem at a place.
   *
   * @param problem a sentence that repeats nothing of the body but names of known fields
   */
  public MalformedBodyException(String problem) {
    // No stack: it is an answer to a caller, and callers may send many.
    super(problem, null, false, false);
  }
}
