// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How a document indents, taken from what stands nearest. */
final class Indentation {

  private static final int DEFAULT_STEP = 2;

  private final Source source;
  private final Document document;

  Indentation(Source source, Document document) {
    this.source = source;
    this.document = document;
  }

  /** Column of a block map's keys. */
  int column(Node.Mapping map) {
    return source.column(map.entries.getFirst().key().start) - explicitKeyMark(map);
  }

  /** A key written as {@code ? key} stands two columns behind its map. */
  private int explicitKeyMark(Node.Mapping map) {
    int at = map.entries.getFirst().key().start;
    int before = at;
    String text = source.text();
    while (before > 0 && text.charAt(before - 1) == ' ') {
      before--;
    }
    boolean marked =
        before > 0
            && text.charAt(before - 1) == '?'
            && (before == 1 || Character.isWhitespace(text.charAt(before - 2)));
    return marked ? at - before + 1 : 0;
  }

  /** Columns that a map below a key of this map is indented by. */
  int step(Node.Mapping map) {
    Integer step = stepToChild(map);
    for (Node at = map; step == null && at.parent() != null; at = at.parent()) {
      if (at.parent() instanceof Node.Mapping above && !above.flow) {
        step = stepToChild(above);
      }
    }
    return step == null ? step() : step;
  }

  private @Nullable Integer stepToChild(Node.Mapping map) {
    for (Node.Entry entry : map.entries) {
      if (entry.value() instanceof Node.Mapping child && !child.flow && !child.entries.isEmpty()) {
        int step = column(child) - column(map);
        if (step > 0) {
          return step;
        }
      }
    }
    return null;
  }

  /** Columns that the document's first indented map is indented by. */
  int step() {
    Integer step = search(true);
    return step == null ? DEFAULT_STEP : step;
  }

  /** Columns that a list is indented by below its key: none in many manifests. */
  int listOffset() {
    Integer offset = search(false);
    return offset == null ? 0 : offset;
  }

  private @Nullable Integer search(boolean maps) {
    Deque<Node> open = new ArrayDeque<>();
    if (document.root() != null) {
      open.add(document.root());
    }
    while (!open.isEmpty()) {
      switch (open.poll()) {
        case Node.Mapping map -> {
          Integer found =
              map.flow || map.entries.isEmpty() ? null : maps ? stepToChild(map) : listOffset(map);
          if (found != null) {
            return found;
          }
          map.entries.forEach(e -> open.add(e.value()));
        }
        case Node.Sequence list -> open.addAll(list.items);
        case Node.Scalar scalar -> {}
        case Node.Alias alias -> {}
      }
    }
    return null;
  }

  private @Nullable Integer listOffset(Node.Mapping map) {
    for (Node.Entry entry : map.entries) {
      if (entry.value() instanceof Node.Sequence list && !list.flow && !list.items.isEmpty()) {
        return Math.max(0, source.column(list.contentStart) - column(map));
      }
    }
    return null;
  }
}
