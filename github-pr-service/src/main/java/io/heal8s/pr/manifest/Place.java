// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the path of a change leads in a document. */
sealed interface Place {

  /** Keys and positions from the document's root, positions of named items resolved. */
  List<Object> path();

  /** The first step of the path that other parts of the document share; null when none is. */
  @Nullable Shared shared();

  /**
   * A scalar stands there.
   *
   * @param site what is written there: the scalar or an alias of it
   */
  record Held(List<Object> path, @Nullable Shared shared, Node site, Node.Scalar value)
      implements Place {}

  /**
   * Nothing stands there.
   *
   * @param map the deepest map on the way
   * @param nullEntry its entry that holds null instead of the next map
   * @param keys the keys that are missing, below {@code nullEntry} when it is set
   */
  record Absent(
      List<Object> path,
      @Nullable Shared shared,
      Node.Mapping map,
      Node.@Nullable Entry nullEntry,
      List<String> keys)
      implements Place {}

  /** A step whose change would show in other places too. */
  sealed interface Shared {

    /** The step is written as an alias. */
    record ByAlias(Node.Alias alias) implements Shared {}

    /** The step is an entry that a map takes over by {@code <<}. */
    record ByMerge(Node.Mapping map, String key, Node value) implements Shared {}

    /** The step is anchored and has aliases. */
    record ByAnchor(Node node) implements Shared {}
  }
}
