// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.util.Locale;

/** What a person sees of a resource in one word. */
public enum ResourceStatus {
  /** Wanted, not yet acted upon. */
  PENDING,
  /** A plugin is at work, or an outside run is waited for. */
  RECONCILING,
  /** What is wanted was applied. */
  READY,
  /** The last attempt failed; another one follows unless the message says otherwise. */
  FAILED,
  /** Asked to go; its action plugin cleans up. */
  DELETING;

  /** The word on the wire and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status behind a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ResourceStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
