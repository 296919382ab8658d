// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import java.util.List;

/**
 * Writes values in a document's own style: quotes stay what they were, a text that some version of
 * YAML would read as a number, a boolean or null gets the quotes that the document prefers.
 */
final class ScalarWriter {

  private final Source source;
  private final boolean json;
  private final boolean prefersSingleQuotes;

  ScalarWriter(Source source, Document document) {
    this.source = source;
    this.json = document.isJson();
    this.prefersSingleQuotes = document.prefersSingleQuotes();
  }

  /** A value where none stood before. */
  String fresh(String value, ValueType type, boolean flow) {
    return switch (type) {
      case integer, bool, json -> value;
      case string -> {
        boolean plain =
            !json && ScalarType.ofPlain(value) == ScalarType.STRING && isPlainSafe(value, flow);
        yield plain ? value : quoted(value);
      }
    };
  }

  /** A key where none stood before. */
  String key(String name, boolean flow, boolean doubleQuoted) {
    return doubleQuoted ? doubleQuoted(name) : fresh(name, ValueType.string, flow);
  }

  String quoted(String value) {
    return !json && prefersSingleQuotes && isSingleQuotable(value)
        ? singleQuoted(value)
        : doubleQuoted(value);
  }

  /**
   * Puts a value in the place of a scalar.
   *
   * @param keepsFileType whether a number that stands in quotes keeps them: in values files they
   *     may be there for the chart, in manifests the API's own type counts
   */
  List<Splice> replace(Node.Scalar old, String value, ValueType type, boolean keepsFileType) {
    boolean flow = Flow.contains(old);
    if (!keepsFileType && contradicts(old, type)) {
      // The tag would make another type of the new value; a plain one needs none.
      return List.of(
          Properties.withoutTag(source.text(), old),
          new Splice(old.contentStart, old.end(), fresh(value, type, flow)));
    }
    String text =
        switch (old.style) {
          case PLAIN -> plainReplacement(old, value, type, flow);
          case SINGLE_QUOTED ->
              type == ValueType.string || keepsFileType
                  ? (isSingleQuotable(value) ? singleQuoted(value) : doubleQuoted(value))
                  : value;
          case DOUBLE_QUOTED ->
              type == ValueType.string || keepsFileType ? doubleQuoted(value) : value;
          case LITERAL, FOLDED -> fresh(value, type, flow);
        };
    if (old.isBlock()) {
      return replaceBlock(old, value, text);
    }
    if (old.contentStart == old.end()) {
      return List.of(Splice.insert(old.end(), separator(old) + text));
    }
    return List.of(new Splice(old.contentStart, old.end(), text));
  }

  /** Whether a tag says another type than the new value has. */
  private static boolean contradicts(Node.Scalar old, ValueType type) {
    if (old.tag == null || old.isBlock() || old.contentStart == old.end()) {
      return false;
    }
    return switch (old.type()) {
      case STRING -> type != ValueType.string;
      case INTEGER -> type != ValueType.integer;
      case BOOLEAN -> type != ValueType.bool;
      case NUMBER, NULL -> true;
      case AMBIGUOUS -> false;
    };
  }

  private String plainReplacement(Node.Scalar old, String value, ValueType type, boolean flow) {
    if (type != ValueType.string) {
      return value;
    }
    ScalarType before = old.type();
    ScalarType after = ScalarType.ofPlain(value);
    // Where a plain number stands the API takes numbers (quantities): the file's way stays.
    boolean numberStays =
        old.tag == null
            && (before == ScalarType.INTEGER || before == ScalarType.NUMBER)
            && (after == ScalarType.INTEGER
                || (after == ScalarType.NUMBER && value.matches("[0-9]+\\.[0-9]+")));
    boolean taggedText = old.tag != null && before == ScalarType.STRING;
    if (!json && (numberStays || taggedText) && isPlainSafe(value, flow)) {
      return value;
    }
    return numberStays ? value : fresh(value, type, flow);
  }

  private List<Splice> replaceBlock(Node.Scalar old, String value, String text) {
    String all = source.text();
    int headerEnd = BlockScalars.headerEnd(all, old.contentStart);
    int headerLineEnd = source.lineEnd(headerEnd);
    int first = headerLineEnd;
    while (first < old.end() && Character.isWhitespace(all.charAt(first))) {
      first++;
    }
    String written = all.substring(first, Math.max(first, old.end()));
    boolean oneLine = written.stripTrailing().equals(old.value);
    if (oneLine
        && BlockScalars.strips(all, old.contentStart)
        && isPrintableLine(value)
        && value.strip().equals(value)
        && !value.isEmpty()) {
      return List.of(new Splice(first, first + old.value.length(), value));
    }
    return List.of(
        new Splice(old.contentStart, headerEnd, text), Splice.delete(headerLineEnd, old.end()));
  }

  /** What must stand between a key and a value where there was no value. */
  String separator(Node.Scalar old) {
    String all = source.text();
    if (old.start != old.end()) {
      return " ";
    }
    Node.Entry entry = Flow.entryOf(old);
    boolean colon = entry != null && all.substring(entry.key().end(), old.end()).indexOf(':') >= 0;
    return colon || entry == null ? " " : ": ";
  }

  static String singleQuoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  static String doubleQuoted(String value) {
    StringBuilder text = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (isUnprintable(c) || isForeignLineBreak(c)) {
            text.append(String.format("\\u%04X", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('"').toString();
  }

  private static boolean isSingleQuotable(String value) {
    return isPrintableLine(value) && value.indexOf('\t') < 0;
  }

  private static boolean isPrintableLine(String value) {
    return value
        .chars()
        .noneMatch(
            c -> c == '\n' || c == '\r' || isUnprintable((char) c) || isForeignLineBreak((char) c));
  }

  /** Whether the value can stand without quotes wherever a value can stand. */
  static boolean isPlainSafe(String value, boolean flow) {
    if (value.isEmpty()
        || !value.strip().equals(value)
        || !isPrintableLine(value)
        || "-?:,[]{}#&*!|>'\"%@`=<".indexOf(value.charAt(0)) >= 0
        || value.startsWith("...")
        || value.endsWith(":")
        || value.contains(": ")
        || value.contains(" #")
        || value.indexOf('\t') >= 0) {
      return false;
    }
    return !flow || value.chars().noneMatch(c -> ",[]{}".indexOf(c) >= 0);
  }

  static boolean isUnprintable(char c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
        || (c >= 0x7F && c < 0xA0 && c != 0x85)
        || c == 0xFFFE
        || c == 0xFFFF;
  }

  /** Line breaks of YAML 1.1 and the byte order mark: legal text, but not safe outside quotes. */
  private static boolean isForeignLineBreak(char c) {
    return c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
  }
}
