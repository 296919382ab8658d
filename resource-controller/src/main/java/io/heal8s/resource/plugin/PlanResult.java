// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

import java.time.Duration;

/** What would be done. */
public sealed interface PlanResult {

  /**
   * Something would change.
   *
   * @param output text for a person
   */
  record Changes(String output) implements PlanResult {}

  /**
   * The world is as wanted.
   *
   * @param output text for a person
   */
  record NoChanges(String output) implements PlanResult {}

  /**
   * It cannot be said.
   *
   * @param message what went wrong and what to change
   */
  record Failed(String message) implements PlanResult {}

  /**
   * It cannot be said before the other side takes requests again. No failure.
   *
   * @param pause shortest time until it is asked again
   * @param message what is waited for, for a person; the same words for the same wait
   */
  record Later(Duration pause, String message) implements PlanResult {}
}
