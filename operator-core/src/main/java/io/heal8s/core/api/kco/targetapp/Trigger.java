// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;

/**
 * When an action is due. Either field, condition and value are set, or {@code when}, or all.
 *
 * @param field path of the watched field
 * @param condition what must hold of it
 * @param value any JSON to compare with: Map, List, String, Boolean, Long, Double or null
 * @param when CEL expression that must be true as well
 * @param mode null means edge
 * @param holdFor {@code for} on the wire: how long it must hold before it fires, Go syntax with d
 */
public record Trigger(
    @Nullable String field,
    @Nullable Condition condition,
    @Nullable Object value,
    @Nullable String when,
    @Nullable Mode mode,
    @SerializedName("for") @Nullable String holdFor) {

  /** A trigger of the original: a field, a condition, a value. */
  public static Trigger of(String field, Condition condition, @Nullable Object value) {
    return new Trigger(field, condition, value, null, null, null);
  }

  /** What must hold of a field, spelled as on the wire. */
  public enum Condition {
    equals,
    not_equals,
    greater_than,
    less_than,
    contains,
    exists,
    not_exists
  }

  /** Whether staying true counts as well as becoming true. */
  public enum Mode {
    edge,
    level
  }
}
