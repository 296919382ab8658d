// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

/**
 * Why a policy cannot be used.
 *
 * @param kind what sort of problem
 * @param field path of the field below {@code spec}
 * @param message sentence that says what to change
 */
public record PolicyProblem(Kind kind, String field, String message) {

  /** Sorts of problems, spelled as the reason of the Stalled condition. */
  public enum Kind {
    NotSupportedYet,
    InvalidValue
  }
}
