// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import org.jspecify.annotations.Nullable;

/** Numbers as GraphQL has them. */
final class Numbers {

  private Numbers() {}

  /** A count as {@code Int}, which has 32 bits; null is 0. */
  static int clamped(@Nullable Long count) {
    return count == null ? 0 : Math.clamp(count, 0, Integer.MAX_VALUE);
  }
}
