// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which resources, newest first ({@code created_at} and id descending).
 *
 * @param status null for any
 * @param actionPlugin null for any
 * @param typeName null for any
 * @param typeVersion null for any
 * @param name null for any
 * @param labels all must hold
 * @param readable types that the caller may read, as name and version; null for all. Applied before
 *     the limit
 * @param limit at most that many, 0 to 10,000
 * @param beforeId only resources with a smaller id, the cursor of the next page; null for the first
 */
public record ResourceQuery(
    @Nullable ResourceStatus status,
    @Nullable String actionPlugin,
    @Nullable String typeName,
    @Nullable String typeVersion,
    @Nullable String name,
    List<LabelRequirement> labels,
    @Nullable List<TypePattern> readable,
    int limit,
    @Nullable Long beforeId) {

  /**
   * A type or all of them.
   *
   * @param name name or {@code *}
   * @param version version or {@code *}
   */
  public record TypePattern(String name, String version) {}

  public ResourceQuery {
    labels = List.copyOf(labels);
    readable = readable == null ? null : List.copyOf(readable);
  }

  /** The newest of all. */
  public static ResourceQuery first(int limit) {
    return new ResourceQuery(null, null, null, null, null, List.of(), null, limit, null);
  }
}
