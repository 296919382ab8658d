// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.resources;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what YAML and JSON hold as JSON. */
final class Json {

  private Json() {}

  static String of(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value, "\n");
    return out.toString();
  }

  private static void append(StringBuilder out, @Nullable Object value, String line) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> {
        String inner = line + "  ";
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
          Map.Entry<?, ?> entry = entries.next();
          out.append(inner);
          quote(out, String.valueOf(entry.getKey()));
          append(out.append(": "), entry.getValue(), inner);
          out.append(entries.hasNext() ? "," : line);
        }
        out.append('}');
      }
      case List<?> list -> {
        String inner = line + "  ";
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
          append(out.append(inner), list.get(i), inner);
          out.append(i + 1 < list.size() ? "," : line);
        }
        out.append(']');
      }
      case Number number -> out.append(number);
      case Boolean flag -> out.append(flag);
      default -> quote(out, value.toString());
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
