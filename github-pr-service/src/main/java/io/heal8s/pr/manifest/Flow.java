// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import org.jspecify.annotations.Nullable;

/** Questions about where a node stands. */
final class Flow {

  private Flow() {}

  /** Whether the node stands inside braces or brackets. */
  static boolean contains(Node node) {
    return switch (node.parent()) {
      case null -> false;
      case Node.Mapping mapping -> mapping.flow;
      case Node.Sequence sequence -> sequence.flow;
      case Node.Scalar scalar -> false;
      case Node.Alias alias -> false;
    };
  }

  /** The entry of its map that the node is the value of; null when it is no value of a map. */
  static Node.@Nullable Entry entryOf(Node node) {
    if (node.parent() instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries) {
        if (entry.value() == node) {
          return entry;
        }
      }
    }
    return null;
  }
}
