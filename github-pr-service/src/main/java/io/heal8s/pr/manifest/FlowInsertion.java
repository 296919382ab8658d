// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adds keys inside braces, in the way the braces around are written: spaced, minified or in lines.
 */
final class FlowInsertion {

  private static final Pattern COLON = Pattern.compile("[ \\t]*:[ \\t]*");
  private static final Pattern COMMA = Pattern.compile("[ \\t]*,[ \\t]*");

  private final Source source;
  private final Document document;
  private final ScalarWriter writer;
  private final Node.Mapping map;
  private final String lineBreak;

  FlowInsertion(Source source, Document document, Node.Mapping map) {
    this.source = source;
    this.document = document;
    this.writer = new ScalarWriter(source, document);
    this.map = map;
    this.lineBreak = source.lineBreak(map.contentStart);
  }

  List<Splice> insert(Node.@Nullable Entry nullEntry, List<String> keys, Payload payload) {
    if (source.text().charAt(map.contentStart) != '{') {
      throw new RefusedException(
          Refusal.BAD_CHANGE,
          source.line(map.start),
          "a map without braces inside a list takes no further key; put braces around it");
    }
    if (nullEntry != null) {
      return insteadOfNull((Node.Scalar) nullEntry.value(), keys, payload);
    }
    String indent = source.indentation(map.contentStart);
    if (map.entries.isEmpty()) {
      return intoEmpty(keys, payload, indent);
    }
    return isExpanded(map) ? onOwnLine(keys, payload) : onSameLine(keys, payload, indent);
  }

  private List<Splice> insteadOfNull(Node.Scalar none, List<String> keys, Payload payload) {
    String indent = source.indentation(none.start);
    String text = braces(keys, payload, indent);
    return none.contentStart == none.end()
        ? List.of(Splice.insert(none.end(), writer.separator(none) + text))
        : List.of(new Splice(none.contentStart, none.end(), text));
  }

  private List<Splice> intoEmpty(List<String> keys, Payload payload, String indent) {
    int open = map.contentStart + 1;
    int close = map.end() - 1;
    String inner = source.text().substring(open, close);
    if (!inner.isBlank()) {
      return List.of(Splice.insert(open, " " + entry(keys, payload, indent)));
    }
    if (inner.indexOf('\n') >= 0 || inner.indexOf('\r') >= 0 || takesLines()) {
      String deeper = indent + unit();
      return List.of(
          new Splice(
              open, close, lineBreak + deeper + entry(keys, payload, deeper) + lineBreak + indent));
    }
    String pad = inner.isEmpty() ? "" : " ";
    return List.of(new Splice(open, close, pad + entry(keys, payload, indent) + pad));
  }

  private List<Splice> onSameLine(List<String> keys, Payload payload, String indent) {
    int at = map.entries.getLast().value().end();
    return List.of(Splice.insert(at, comma() + entry(keys, payload, indent)));
  }

  private List<Splice> onOwnLine(List<String> keys, Payload payload) {
    int at = map.entries.getLast().value().end();
    String indent = source.indentation(map.entries.getFirst().key().start);
    String line = lineBreak + indent + entry(keys, payload, indent);
    int comma = commaBehind(at);
    List<Splice> splices = new ArrayList<>();
    if (comma < 0) {
      splices.add(Splice.insert(at, ","));
      splices.add(Splice.insert(source.lineEnd(at), line));
    } else {
      splices.add(Splice.insert(source.lineEnd(comma), line + ","));
    }
    return merged(splices);
  }

  /** Two insertions at one offset become one, so that their order is certain. */
  private static List<Splice> merged(List<Splice> splices) {
    if (splices.size() == 2 && splices.get(0).start() == splices.get(1).start()) {
      return List.of(
          Splice.insert(splices.get(0).start(), splices.get(0).text() + splices.get(1).text()));
    }
    return splices;
  }

  /** Offset of a comma that stands behind the last entry; -1 when there is none. */
  private int commaBehind(int offset) {
    String text = source.text();
    int at = offset;
    while (at < map.end() - 1) {
      char c = text.charAt(at);
      if (c == ',') {
        return at;
      }
      at = c == '#' ? source.lineEnd(at) : at + 1;
    }
    return -1;
  }

  private String entry(List<String> keys, Payload payload, String indent) {
    String value =
        keys.size() == 1
            ? payload.inFlow(quotesKeys())
            : braces(keys.subList(1, keys.size()), payload, indent);
    return writer.key(keys.getFirst(), true, quotesKeys()) + colon() + value;
  }

  private String braces(List<String> keys, Payload payload, String indent) {
    if (takesLines()) {
      String deeper = indent + unit();
      return "{" + lineBreak + deeper + entry(keys, payload, deeper) + lineBreak + indent + "}";
    }
    String pad = source.text().startsWith("{ ", map.contentStart) ? " " : "";
    return "{" + pad + entry(keys, payload, indent) + pad + "}";
  }

  private boolean quotesKeys() {
    return map.entries.isEmpty()
        ? document.isJson()
        : map.entries.getFirst().key() instanceof Node.Scalar key
            && key.style == Node.Style.DOUBLE_QUOTED;
  }

  /** Whether the entries stand on lines of their own. */
  private boolean isExpanded(Node.Mapping flow) {
    int firstKey = flow.entries.getFirst().key().start;
    return source.line(firstKey) > source.line(flow.contentStart)
        && source.startsLine(firstKey)
        && source.line(flow.end()) > source.line(flow.entries.getLast().value().end());
  }

  /** Whether new braces go over lines: in JSON that does, unless this very part is on one line. */
  private boolean takesLines() {
    Node around = map;
    while (around instanceof Node.Mapping none && none.entries.isEmpty()) {
      around = none.parent();
    }
    return isExpandedJson()
        && !(around instanceof Node.Mapping full && full.flow && !isExpanded(full));
  }

  private boolean isExpandedJson() {
    Node root = document.root();
    return document.isJson()
        && root != null
        && source.line(root.contentStart) < source.line(root.end());
  }

  /** One level of indentation, blanks or tabs, as the outermost entries have it. */
  private String unit() {
    Node root = document.root();
    if (root instanceof Node.Mapping outer && outer.flow && !outer.entries.isEmpty()) {
      String base = source.indentation(outer.contentStart);
      String deeper = source.indentation(outer.entries.getFirst().key().start);
      if (deeper.startsWith(base) && deeper.length() > base.length()) {
        return deeper.substring(base.length());
      }
    }
    return "  ";
  }

  private String colon() {
    for (Node at = map; at != null; at = at.parent()) {
      if (at instanceof Node.Mapping around && around.flow && !around.entries.isEmpty()) {
        Node.Entry entry = around.entries.getFirst();
        String between = source.text().substring(entry.key().end(), entry.value().start);
        boolean plainKeys = !quotesKeys();
        if (COLON.matcher(between).matches() && !(plainKeys && between.endsWith(":"))) {
          return between;
        }
      }
    }
    return ": ";
  }

  private String comma() {
    if (map.entries.size() > 1) {
      Node.Entry last = map.entries.getLast();
      Node.Entry before = map.entries.get(map.entries.size() - 2);
      String between = source.text().substring(before.value().end(), last.key().start);
      if (COMMA.matcher(between).matches()) {
        return between;
      }
    }
    return colon().endsWith(":") ? "," : ", ";
  }
}
