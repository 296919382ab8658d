// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One document of a file.
 *
 * @param root its node; null for an empty document
 * @param redefinedAnchors anchor names that are given more than once, so that an alias means
 *     another node further down
 * @param duplicate line of the first key that its map holds already; null when there is none
 * @param duplicateName that key
 * @param prefersSingleQuotes whether most quoted texts stand in single quotes
 */
record Document(
    @Nullable Node root,
    Set<String> redefinedAnchors,
    @Nullable Integer duplicate,
    @Nullable String duplicateName,
    boolean prefersSingleQuotes) {

  /** Whether the document is JSON: a map or list in flow style whose keys are in double quotes. */
  boolean isJson() {
    Node node = root;
    while (node instanceof Node.Sequence sequence && sequence.flow && !sequence.items.isEmpty()) {
      node = sequence.items.getFirst();
    }
    return node instanceof Node.Mapping mapping
        && mapping.flow
        && !mapping.entries.isEmpty()
        && mapping.entries.getFirst().key() instanceof Node.Scalar key
        && key.style == Node.Style.DOUBLE_QUOTED;
  }

  /** Collects a document while its events arrive. */
  static final class Builder {

    private @Nullable Node root;
    private final Set<String> redefined = new HashSet<>(2);
    private @Nullable Integer duplicate;
    private @Nullable String duplicateName;
    private int singleQuoted;
    private int doubleQuoted;

    void setRoot(Node node) {
      root = node;
    }

    void noteRedefinition(String anchor) {
      redefined.add(anchor);
    }

    void noteStyle(Node.Style style) {
      if (style == Node.Style.SINGLE_QUOTED) {
        singleQuoted++;
      } else if (style == Node.Style.DOUBLE_QUOTED) {
        doubleQuoted++;
      }
    }

    void noteDuplicates(Source source, Node.Mapping mapping) {
      Node.Entry repeated = firstDuplicate(mapping.entries);
      if (repeated != null) {
        int line = source.line(repeated.key().start);
        if (duplicate == null || line < duplicate) {
          duplicate = line;
          duplicateName = repeated.name();
        }
      }
    }

    private static Node.@Nullable Entry firstDuplicate(List<Node.Entry> entries) {
      if (entries.size() > 12) {
        Set<String> names = new HashSet<>(entries.size() * 2);
        for (Node.Entry entry : entries) {
          String name = entry.name();
          if (name != null && !entry.isMerge() && !names.add(name)) {
            return entry;
          }
        }
        return null;
      }
      for (int i = 1; i < entries.size(); i++) {
        String name = entries.get(i).name();
        for (int j = 0; name != null && j < i; j++) {
          if (name.equals(entries.get(j).name()) && !entries.get(i).isMerge()) {
            return entries.get(i);
          }
        }
      }
      return null;
    }

    Document build() {
      return new Document(
          root, Set.copyOf(redefined), duplicate, duplicateName, singleQuoted > doubleQuoted);
    }
  }
}
