// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.util.Locale;

/** Whether a plan is applied by itself. */
public enum Approval {
  AUTOMATIC,
  /** A plan with changes waits until a person approves exactly that plan. */
  MANUAL;

  /** The word on the wire and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode behind a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Approval of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
