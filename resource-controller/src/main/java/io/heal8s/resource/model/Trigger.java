// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.util.Locale;

/** Why a reconcile happened; {@code trigger_reason} of the history. */
public enum Trigger {
  INITIAL,
  SPEC_CHANGE,
  DELETION,
  RETRY,
  SCHEDULED,
  MANUAL,
  APPROVAL;

  /** The word on the wire and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The trigger behind a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Trigger of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
