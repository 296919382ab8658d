// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

/**
 * One effect that was decided but not yet done. Each service seals its own intents, so that a new
 * one is a list of compile errors.
 */
public interface Intent {

  /**
   * Whether it rests on nothing that the same decision writes before it: it is done even where an
   * effect before it failed, and its own failure stops none that stands alone either.
   */
  default boolean standsAlone() {
    return false;
  }
}
