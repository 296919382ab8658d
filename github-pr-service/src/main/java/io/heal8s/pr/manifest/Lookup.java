// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads maps as their users see them: with the entries that {@code <<} takes over. */
final class Lookup {

  /** Merge keys that lead back to themselves end here. */
  private static final int MAX_MERGES = 20;

  private Lookup() {}

  /**
   * An entry as it was found.
   *
   * @param entry the entry
   * @param merged whether it was taken over from another map
   */
  record Hit(Node.Entry entry, boolean merged) {}

  static @Nullable Hit find(Node.Mapping mapping, String name) {
    return find(mapping, name, 0);
  }

  private static @Nullable Hit find(Node.Mapping mapping, String name, int depth) {
    for (Node.Entry entry : mapping.entries) {
      if (name.equals(entry.name()) && !entry.isMerge()) {
        return new Hit(entry, depth > 0);
      }
    }
    if (depth < MAX_MERGES) {
      for (Node.Mapping merged : merged(mapping)) {
        Hit hit = find(merged, name, depth + 1);
        if (hit != null) {
          return hit;
        }
      }
    }
    return null;
  }

  /** The maps that a map takes entries over from, the strongest first. */
  private static List<Node.Mapping> merged(Node.Mapping mapping) {
    List<Node.Mapping> merged = List.of();
    for (Node.Entry entry : mapping.entries) {
      if (entry.isMerge()) {
        merged = merged.isEmpty() ? new ArrayList<>() : merged;
        switch (entry.value().resolved()) {
          case Node.Mapping one -> merged.add(one);
          case Node.Sequence several -> {
            for (Node item : several.items) {
              if (item.resolved() instanceof Node.Mapping one) {
                merged.add(one);
              }
            }
          }
          case Node.Scalar scalar -> {}
          case Node.Alias alias -> {}
        }
      }
    }
    return merged;
  }

  /** All entries by name, own ones before those taken over. Keys that are no texts are left out. */
  static Map<String, Node> entries(Node.Mapping mapping) {
    Map<String, Node> entries = new LinkedHashMap<>();
    collect(mapping, entries, 0);
    return entries;
  }

  private static void collect(Node.Mapping mapping, Map<String, Node> entries, int depth) {
    for (Node.Entry entry : mapping.entries) {
      String name = entry.name();
      if (name != null && !entry.isMerge()) {
        entries.putIfAbsent(name, entry.value());
      }
    }
    if (depth < MAX_MERGES) {
      merged(mapping).forEach(m -> collect(m, entries, depth + 1));
    }
  }

  /** The text under a chain of keys; null when it is absent, null or no scalar. */
  static @Nullable String text(Node.Mapping mapping, String... keys) {
    Node node = mapping;
    for (String key : keys) {
      Hit hit = node instanceof Node.Mapping map ? find(map, key) : null;
      if (hit == null) {
        return null;
      }
      node = hit.entry().value().resolved();
    }
    return node instanceof Node.Scalar scalar && !scalar.isNull() ? scalar.value : null;
  }
}
