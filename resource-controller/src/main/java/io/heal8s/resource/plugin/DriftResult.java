// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

/** Whether the world still is as it was applied. */
public sealed interface DriftResult {

  /** It is. */
  record InSync() implements DriftResult {}

  /**
   * It is not; what is wanted is applied again.
   *
   * @param details what differs, for a person
   */
  record Drifted(String details) implements DriftResult {}

  /**
   * It cannot be said now; asked again at the next interval.
   *
   * @param message why
   */
  record Unclear(String message) implements DriftResult {}
}
