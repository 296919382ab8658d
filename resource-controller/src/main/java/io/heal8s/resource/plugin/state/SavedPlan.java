// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.state;

import java.time.Instant;

/**
 * A plan that was made and not yet applied; its file is kept beside it.
 *
 * @param resourceId of what
 * @param id random name
 * @param generation that it is for
 * @param inputs digest of all that it was made of
 * @param position of the state that it was made on
 * @param dependencyLock which providers it was made with, as the program's lock file has it; empty
 *     for none
 * @param text for a person
 * @param madeAt when
 */
public record SavedPlan(
    long resourceId,
    String id,
    long generation,
    String inputs,
    StatePosition position,
    String dependencyLock,
    String text,
    Instant madeAt) {

  /** Leaves out what it says. */
  @Override
  public String toString() {
    return "SavedPlan[%s of %d, generation %d]".formatted(id, resourceId, generation);
  }
}
