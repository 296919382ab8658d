// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a {@code status.conditions} list-map, keyed by {@code type}; the shape of {@code
 * metav1.Condition}.
 *
 * @param type CamelCase name, unique in its list
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param observedGeneration generation of the object that the writer judged
 * @param lastTransitionTime when {@code status} last changed
 * @param reason CamelCase word for machines
 * @param message sentence for people, may be empty
 */
public record Condition(
    String type,
    Status status,
    @Nullable Long observedGeneration,
    @Nullable OffsetDateTime lastTransitionTime,
    String reason,
    String message) {

  /** Truth value of a condition. */
  public enum Status {
    True,
    False,
    Unknown
  }
}
