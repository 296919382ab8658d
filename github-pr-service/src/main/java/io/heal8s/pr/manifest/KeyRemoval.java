// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.List;

/** Takes a single entry out of a map; the comment on its line goes with it. */
final class KeyRemoval {

  private final Source source;

  KeyRemoval(Source source) {
    this.source = source;
  }

  List<Splice> remove(Node value) {
    Node.Entry entry = Flow.entryOf(value);
    if (entry == null || !(value.parent() instanceof Node.Mapping map)) {
      throw new RefusedException(
          Refusal.BAD_CHANGE, source.line(value.start), "an item of a list cannot be removed");
    }
    return map.flow ? fromFlow(map, entry) : fromBlock(map, entry);
  }

  private List<Splice> fromBlock(Node.Mapping map, Node.Entry entry) {
    int start = entry.key().start;
    int lineEnd = source.lineEnd(entry.value().end());
    boolean ownLine = source.startsLine(start);
    if (map.entries.size() == 1) {
      return lastOfBlock(map, entry, ownLine, lineEnd);
    }
    if (!ownLine) {
      int index = map.entries.indexOf(entry);
      return List.of(Splice.delete(start, map.entries.get(index + 1).key().start));
    }
    int next = source.nextLine(entry.value().end());
    if (lineEnd == source.text().length()) {
      // The last line of a file without a final line break: the break before it goes instead.
      int lineStart = source.lineStart(start);
      return List.of(
          Splice.delete(source.lineEnd(Math.max(0, lineStart - breakLength(lineStart))), lineEnd));
    }
    return List.of(Splice.delete(source.lineStart(start), next));
  }

  private List<Splice> lastOfBlock(
      Node.Mapping map, Node.Entry entry, boolean ownLine, int lineEnd) {
    Node.Entry owner = Flow.entryOf(map);
    if (!ownLine || owner == null) {
      return List.of(new Splice(entry.key().start, entry.value().end(), "{}"));
    }
    int head = Math.max(colonEnd(owner), Properties.end(source.text(), map));
    int lineStart = source.lineStart(entry.key().start);
    return List.of(
        Splice.insert(head, " {}"),
        Splice.delete(source.lineEnd(lineStart - breakLength(lineStart)), lineEnd));
  }

  private int colonEnd(Node.Entry owner) {
    return source.text().indexOf(':', owner.key().end()) + 1;
  }

  private int breakLength(int lineStart) {
    String text = source.text();
    return lineStart > 1 && text.startsWith("\r\n", lineStart - 2) ? 2 : Math.min(1, lineStart);
  }

  private List<Splice> fromFlow(Node.Mapping map, Node.Entry entry) {
    int index = map.entries.indexOf(entry);
    if (index < map.entries.size() - 1) {
      return List.of(Splice.delete(entry.key().start, map.entries.get(index + 1).key().start));
    }
    String text = source.text();
    if (index == 0) {
      int comma = comma(entry.value().end(), map.end());
      return List.of(Splice.delete(entry.key().start, comma < 0 ? entry.value().end() : comma + 1));
    }
    int comma = comma(map.entries.get(index - 1).value().end(), entry.key().start);
    int trailing = comma(entry.value().end(), map.end());
    int end = trailing < 0 ? entry.value().end() : trailing + 1;
    int lineStart = source.lineStart(entry.key().start);
    if (source.startsLine(entry.key().start) && comma < lineStart && trailing < 0) {
      return List.of(
          Splice.delete(comma, comma + 1),
          Splice.delete(source.lineEnd(lineStart - breakLength(lineStart)), source.lineEnd(end)));
    }
    if (source.startsLine(entry.key().start) && trailing >= 0) {
      return List.of(Splice.delete(lineStart, source.nextLine(end)));
    }
    boolean onlyBlanks = text.substring(comma + 1, entry.key().start).isBlank();
    return List.of(Splice.delete(onlyBlanks ? comma : entry.key().start, end));
  }

  /** Offset of the comma between two offsets, comments skipped; -1 when there is none. */
  private int comma(int from, int to) {
    int at = from;
    while (at < to) {
      char c = source.text().charAt(at);
      if (c == ',') {
        return at;
      }
      at = c == '#' ? source.lineEnd(at) : at + 1;
    }
    return -1;
  }
}
