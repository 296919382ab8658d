// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds keys to a map that has none of them, in the file's own indentation. */
final class KeyInsertion {

  private final Source source;
  private final Document document;
  private final ScalarWriter writer;
  private final Indentation indentation;

  KeyInsertion(Source source, Document document) {
    this.source = source;
    this.document = document;
    this.writer = new ScalarWriter(source, document);
    this.indentation = new Indentation(source, document);
  }

  /**
   * The splices that add the keys.
   *
   * @param map the map that takes the first key
   * @param nullEntry its entry whose null makes room for the keys instead; null when there is none
   * @param keys the keys, each inside the one before
   */
  List<Splice> insert(
      Node.Mapping map, Node.@Nullable Entry nullEntry, List<String> keys, Payload payload) {
    if (map.flow) {
      return new FlowInsertion(source, document, map).insert(nullEntry, keys, payload);
    }
    return nullEntry == null
        ? intoBlock(map, keys, payload)
        : belowNull(map, (Node.Scalar) nullEntry.value(), keys, payload);
  }

  private List<Splice> belowNull(
      Node.Mapping map, Node.Scalar none, List<String> keys, Payload payload) {
    int step = indentation.step(map);
    String lineBreak = source.lineBreak(none.end());
    String lines = lines(keys, indentation.column(map) + step, step, payload, lineBreak);
    List<Splice> splices = new ArrayList<>();
    if (none.contentStart < none.end()) {
      splices.add(Splice.delete(blanksBefore(none.contentStart), none.end()));
    }
    splices.add(Splice.insert(source.lineEnd(none.end()), lines));
    return splices;
  }

  private List<Splice> intoBlock(Node.Mapping map, List<String> keys, Payload payload) {
    int column = indentation.column(map);
    Node.@Nullable Entry after = neighbour(map, keys.size() == 1);
    if (after != null) {
      int at = behindItsComments(after, column);
      String lineBreak = source.lineBreak(at);
      return List.of(
          Splice.insert(at, lines(keys, column, indentation.step(map), payload, lineBreak)));
    }
    int first = map.entries.getFirst().key().start;
    if (!source.startsLine(first)) {
      throw new RefusedException(
          Refusal.BAD_CHANGE,
          source.line(first),
          "there is no line to put `"
              + keys.getFirst()
              + "` on; put each key on a line of its own");
    }
    String lineBreak = source.lineBreak(first);
    String lines = lines(keys, column, indentation.step(map), payload, lineBreak);
    Node.Entry owner = Flow.entryOf(map);
    if (owner != null) {
      // Right below the parent's key, so that comments stay above what they are about.
      int head = Math.max(owner.key().end(), Properties.end(source.text(), map));
      return List.of(Splice.insert(source.lineEnd(head), lines));
    }
    return List.of(
        Splice.insert(source.lineStart(first), lines.substring(lineBreak.length()) + lineBreak));
  }

  /**
   * Offset of the end of an entry's last line. Comments below that are indented deeper than the
   * map's keys, or that hold items of a list that is not indented, belong to the entry.
   */
  private int behindItsComments(Node.Entry entry, int column) {
    boolean bareList = entry.value() instanceof Node.Sequence list && !list.flow;
    int end = source.lineEnd(entry.value().end());
    int at = source.nextLine(end);
    while (at < source.text().length()) {
      int first = at + source.indentation(at).length();
      int lineEnd = source.lineEnd(first);
      if (first < lineEnd) {
        boolean comment = source.text().charAt(first) == '#';
        boolean deeper = source.column(first) > column;
        if (!comment || !(deeper || (bareList && isItem(first, lineEnd, column)))) {
          break;
        }
        end = lineEnd;
      }
      int next = source.nextLine(at);
      if (next == at) {
        break;
      }
      at = next;
    }
    return end;
  }

  private boolean isItem(int comment, int lineEnd, int column) {
    return source.column(comment) == column
        && source.text().substring(comment + 1, lineEnd).stripLeading().startsWith("- ");
  }

  /**
   * The entry to insert behind; null for the map's head. A single value goes behind the last short
   * entry, so that {@code replicas} does not end up below a long template; a block at the end.
   */
  private Node.@Nullable Entry neighbour(Node.Mapping map, boolean singleValue) {
    List<Node.Entry> entries = map.entries;
    boolean hasHead = source.startsLine(entries.getFirst().key().start);
    for (int i = entries.size() - 1; i >= 0; i--) {
      Node.Entry entry = entries.get(i);
      boolean isShort =
          source.line(entry.key().start) == source.line(entry.value().end())
              && !(entry.value() instanceof Node.Scalar scalar && scalar.isBlock());
      if (endsAtLine(entry) && (isShort || !singleValue)) {
        return entry;
      }
    }
    return hasHead ? null : entries.getFirst();
  }

  /** Behind a block scalar at the end of a file without line break, a new line would change it. */
  private boolean endsAtLine(Node.Entry entry) {
    Node last = entry.value();
    while (true) {
      switch (last) {
        case Node.Mapping map when !map.flow && !map.entries.isEmpty() ->
            last = map.entries.getLast().value();
        case Node.Sequence list when !list.flow && !list.items.isEmpty() ->
            last = list.items.getLast();
        case Node.Scalar scalar when scalar.isBlock() -> {
          return source.lineEnd(scalar.end()) < source.text().length();
        }
        case Node.Mapping map -> {
          return true;
        }
        case Node.Sequence list -> {
          return true;
        }
        case Node.Scalar scalar -> {
          return true;
        }
        case Node.Alias alias -> {
          return true;
        }
      }
    }
  }

  private String lines(List<String> keys, int column, int step, Payload payload, String lineBreak) {
    StringBuilder lines = new StringBuilder();
    int at = column;
    for (int i = 0; i < keys.size(); i++) {
      at = column + i * step;
      lines.append(lineBreak).append(" ".repeat(at)).append(writer.key(keys.get(i), false, false));
      lines.append(':');
    }
    return lines.append(payload.afterKey(at)).toString();
  }

  private int blanksBefore(int offset) {
    int at = offset;
    while (at > 0 && source.text().charAt(at - 1) == ' ') {
      at--;
    }
    return at;
  }
}
