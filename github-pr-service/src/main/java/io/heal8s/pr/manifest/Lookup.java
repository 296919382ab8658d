// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads maps as their users see them: with the entries that {@code <<} takes over. */
final class Lookup {

  /** No file merges deeper; the walk is recursive. */
  private static final int MAX_MERGES = 100;

  private Lookup() {}

  /**
   * An entry as it was found.
   *
   * @param entry the entry
   * @param merged whether it was taken over from another map
   */
  record Hit(Node.Entry entry, boolean merged) {}

  static @Nullable Hit find(Node.Mapping mapping, String name) {
    for (Node.Mapping map : sources(mapping)) {
      for (Node.Entry entry : map.entries) {
        if (name.equals(entry.name()) && !entry.isMerge()) {
          return new Hit(entry, map != mapping);
        }
      }
    }
    return null;
  }

  /**
   * The map and all that it takes entries over from, the strongest first. Each stands in it once,
   * so that maps that merge each other or themselves come to an end.
   */
  private static Collection<Node.Mapping> sources(Node.Mapping mapping) {
    List<Node.Mapping> direct = merged(mapping);
    if (direct.isEmpty()) {
      return List.of(mapping);
    }
    Set<Node.Mapping> sources = new LinkedHashSet<>();
    collect(mapping, sources, 0);
    return sources;
  }

  private static void collect(Node.Mapping mapping, Set<Node.Mapping> sources, int depth) {
    if (depth < MAX_MERGES && sources.add(mapping)) {
      merged(mapping).forEach(m -> collect(m, sources, depth + 1));
    }
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
    for (Node.Mapping map : sources(mapping)) {
      for (Node.Entry entry : map.entries) {
        String name = entry.name();
        if (name != null && !entry.isMerge()) {
          entries.putIfAbsent(name, entry.value());
        }
      }
    }
    return entries;
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
