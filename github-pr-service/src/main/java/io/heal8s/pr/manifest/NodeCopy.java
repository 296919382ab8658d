// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a node once more at another place, for values that stop being shared. Comments stay with
 * the original; scalars keep their spelling where it fits on one line.
 */
final class NodeCopy {

  private static final int MAX_CHARACTERS = 64 * 1024;
  private static final int MAX_DEPTH = 60;

  private final Source source;
  private final Document document;
  private final ScalarWriter writer;
  private final Indentation indentation;
  private final String lineBreak;
  private int written;

  NodeCopy(Source source, Document document, String lineBreak) {
    this.source = source;
    this.document = document;
    this.writer = new ScalarWriter(source, document);
    this.indentation = new Indentation(source, document);
    this.lineBreak = lineBreak;
  }

  /** The node in flow style, on one line. */
  String flow(Node node) {
    return flow(node, 0);
  }

  /**
   * What follows a key's colon in block style.
   *
   * @param column column of the key
   * @param anchor anchor to give to the copy; null for none
   */
  String afterKey(Node node, int column, @Nullable String anchor) {
    String name = anchor == null ? "" : " &" + anchor;
    return name + block(node, column, indentation.step(), 0);
  }

  /**
   * What follows the blank after a list's dash in block style.
   *
   * @param column column that the item's keys get
   */
  String afterDash(Node node, int column, @Nullable String anchor) {
    String name = anchor == null ? "" : "&" + anchor;
    Node content = node.resolved();
    if (isBlockCollection(content)) {
      String lines =
          content instanceof Node.Mapping map
              ? mapLines(map, column, indentation.step(), 0)
              : listLines((Node.Sequence) content, column, indentation.step(), 0);
      // An anchor on the first key's line would be the key's own.
      return anchor == null ? lines.stripLeading() : name + lines;
    }
    return anchor == null ? flow(node, 0) : name + " " + flow(node, 0);
  }

  private static boolean isBlockCollection(Node node) {
    return (node instanceof Node.Mapping map && !map.flow && !map.entries.isEmpty())
        || (node instanceof Node.Sequence list && !list.flow && !list.items.isEmpty());
  }

  private String block(Node node, int column, int step, int depth) {
    guard(node, depth);
    return switch (node) {
      case Node.Alias alias ->
          staysAlias(alias) ? " *" + alias.name : block(alias.target, column, step, depth + 1);
      case Node.Mapping map when isBlockCollection(map) ->
          tag(map) + mapLines(map, column + step, step, depth);
      case Node.Sequence list when isBlockCollection(list) ->
          tag(list) + listLines(list, column + indentation.listOffset(), step, depth);
      case Node.Mapping map -> " " + flow(map, depth);
      case Node.Sequence list -> " " + flow(list, depth);
      case Node.Scalar scalar -> {
        String text = scalar(scalar, false);
        yield text.isEmpty() ? "" : " " + text;
      }
    };
  }

  private String mapLines(Node.Mapping map, int column, int step, int depth) {
    StringBuilder lines = new StringBuilder();
    for (Node.Entry entry : map.entries) {
      lines.append(lineBreak).append(" ".repeat(column)).append(key(entry, false)).append(':');
      lines.append(block(entry.value(), column, step, depth + 1));
    }
    count(lines.length(), map);
    return lines.toString();
  }

  private String listLines(Node.Sequence list, int column, int step, int depth) {
    StringBuilder lines = new StringBuilder();
    for (Node item : list.items) {
      lines.append(lineBreak).append(" ".repeat(column)).append("- ");
      Node content =
          item instanceof Node.Alias alias && staysAlias(alias) ? alias : item.resolved();
      if (content instanceof Node.Mapping map && isBlockCollection(map) && map.tag == null) {
        lines.append(mapLines(map, column + 2, step, depth + 1).stripLeading());
      } else if (content instanceof Node.Sequence inner
          && isBlockCollection(inner)
          && inner.tag == null) {
        lines.append(listLines(inner, column + 2, step, depth + 1).stripLeading());
      } else {
        lines.append(flow(item, depth + 1));
      }
    }
    count(lines.length(), list);
    return lines.toString();
  }

  private String flow(Node node, int depth) {
    guard(node, depth);
    return switch (node) {
      case Node.Alias alias -> staysAlias(alias) ? "*" + alias.name : flow(alias.target, depth + 1);
      case Node.Mapping map -> {
        List<String> entries =
            map.entries.stream()
                .map(e -> key(e, true) + ": " + flow(e.value(), depth + 1).strip())
                .toList();
        String text = tag(map).stripLeading() + " {" + String.join(", ", entries) + "}";
        count(text.length(), map);
        yield text.stripLeading();
      }
      case Node.Sequence list -> {
        List<String> items = list.items.stream().map(i -> flow(i, depth + 1).strip()).toList();
        String text = tag(list).stripLeading() + " [" + String.join(", ", items) + "]";
        count(text.length(), list);
        yield text.stripLeading();
      }
      case Node.Scalar scalar -> scalar(scalar, true);
    };
  }

  private String key(Node.Entry entry, boolean flow) {
    if (entry.key().resolved() instanceof Node.Scalar scalar) {
      return scalar(scalar, flow);
    }
    throw new RefusedException(
        Refusal.SHARED,
        source.line(entry.key().start),
        "a shared part of the document has a key that is a map or a list; write that part out first");
  }

  private String scalar(Node.Scalar scalar, boolean flow) {
    String tag = tag(scalar).stripLeading();
    String spelled = source.text().substring(scalar.contentStart, scalar.end());
    boolean oneLine = !scalar.isBlock() && spelled.indexOf('\n') < 0 && spelled.indexOf('\r') < 0;
    String text;
    if (scalar.isNull() && scalar.tag == null) {
      text = flow ? "null" : spelled;
    } else if (!oneLine) {
      text = ScalarWriter.doubleQuoted(scalar.value);
    } else if (flow
        && scalar.style == Node.Style.PLAIN
        && !ScalarWriter.isPlainSafe(spelled, true)
        && scalar.type() == ScalarType.STRING) {
      text = writer.quoted(scalar.value);
    } else {
      text = spelled;
    }
    return tag.isEmpty() ? text : tag + " " + text;
  }

  private String tag(Node node) {
    String tag = Properties.writtenTag(source.text(), node);
    return tag == null ? "" : " " + tag;
  }

  /** An alias means the same at the copy's place unless its anchor's name is given twice. */
  private boolean staysAlias(Node.Alias alias) {
    return !document.redefinedAnchors().contains(alias.name);
  }

  private void guard(Node node, int depth) {
    if (depth > MAX_DEPTH) {
      throw tooLarge(node);
    }
  }

  private void count(int characters, Node node) {
    written += characters;
    if (written > MAX_CHARACTERS) {
      throw tooLarge(node);
    }
  }

  private RefusedException tooLarge(Node node) {
    return new RefusedException(
        Refusal.SHARED,
        source.line(node.start),
        "the part that is shared by an anchor is too large to be written out; write the value out"
            + " where it is to differ");
  }
}
