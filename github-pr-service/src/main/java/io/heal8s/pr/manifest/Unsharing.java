// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes one step towards a place that nobody else uses, without changing what any place means: an
 * alias is written out, an inherited entry becomes an own one, an anchor moves to its first alias.
 */
final class Unsharing {

  private final Source source;
  private final Document document;

  Unsharing(Source source, Document document) {
    this.source = source;
    this.document = document;
  }

  List<Splice> step(Place.Shared shared) {
    return switch (shared) {
      case Place.Shared.ByAlias(Node.Alias alias) -> instead(alias, alias.target, null);
      case Place.Shared.ByMerge(Node.Mapping map, String key, Node value) ->
          new KeyInsertion(source, document)
              .insert(map, null, List.of(key), new Payload.Copy(copies(map), value.resolved()));
      case Place.Shared.ByAnchor(Node node) -> handOver(node);
    };
  }

  private List<Splice> handOver(Node node) {
    for (Node.Alias user : node.users()) {
      for (Node at = user; at != null; at = at.parent()) {
        if (at == node) {
          throw new RefusedException(
              Refusal.SHARED,
              source.line(user.start),
              "the alias *"
                  + user.name
                  + " stands inside what it repeats; write the part out first");
        }
      }
    }
    List<Splice> splices = new ArrayList<>(instead(node.users().getFirst(), node, node.anchor));
    splices.add(Properties.withoutAnchor(source.text(), node));
    return splices;
  }

  /** Puts a copy, and the anchor with it, in the place of an alias. */
  private List<Splice> instead(Node.Alias alias, Node node, @Nullable String anchor) {
    NodeCopy copies = copies(alias);
    boolean keyed = Flow.entryOf(alias) != null;
    String text;
    if (Flow.contains(alias) || (alias.parent() instanceof Node.Mapping && !keyed)) {
      text = (anchor == null ? "" : "&" + anchor + " ") + copies.flow(node);
    } else if (alias.parent() instanceof Node.Mapping map) {
      int column = new Indentation(source, document).column(map);
      text = copies.afterKey(node, column, anchor);
    } else {
      text = copies.afterDash(node, source.column(alias.start), anchor);
    }
    return spread(alias, text);
  }

  /** What follows on further lines goes behind the comment that stands on the alias's line. */
  private List<Splice> spread(Node.Alias alias, String text) {
    int lines = firstBreak(text);
    String head = (lines < 0 ? text : text.substring(0, lines)).strip();
    int start = alias.start;
    while (head.isEmpty() && start > 0 && source.text().charAt(start - 1) == ' ') {
      start--;
    }
    Splice first = new Splice(start, alias.end(), head);
    return lines < 0
        ? List.of(first)
        : List.of(first, Splice.insert(source.lineEnd(alias.end()), text.substring(lines)));
  }

  private static int firstBreak(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        return i;
      }
    }
    return -1;
  }

  private NodeCopy copies(Node near) {
    return new NodeCopy(source, document, source.lineBreak(near.start));
  }
}
