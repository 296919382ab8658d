// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Writes made-up objects as text, in a style that is drawn anew for each document. */
final class TextWriter {

  /** Top-level key of what containers merge. */
  static final String BASE = "x-base";

  /** Stands for a key without a value. */
  enum Nothing {
    NOTHING
  }

  static final Nothing NOTHING = Nothing.NOTHING;

  /** A text that may stand in several places, through an anchor. */
  record SharedText(String text) {}

  static final String SCRIPT = "set -e\nif [ -n \"$X\" ]; then\n    memory: 1Gi # not ours\nfi\n";

  static final String[] TEXTS = {
    "plain",
    "a: b",
    "# no comment",
    "it's",
    "say \"hi\"",
    "grüße 😀 日本",
    "0777",
    "on",
    "1e3",
    "",
    " x ",
    "{{ not a template }}",
    "multi\nline",
    "tab\there",
    "- dash",
    "*star",
    "back\\slash",
    "22:22"
  };

  private final Random random;
  private final int step;
  private final boolean listsIndented;
  private final int commentOneIn;
  private final int flowOneIn;
  private final boolean json;
  private final boolean shuffled;
  private int comments;
  private final IdentityHashMap<Object, String> anchors = new IdentityHashMap<>();
  private final Set<Object> shared = Collections.newSetFromMap(new IdentityHashMap<>());

  TextWriter(Random random, Map<String, Object> object) {
    this.random = random;
    boolean merges = holdsBase(object);
    findShared(object, Collections.newSetFromMap(new IdentityHashMap<>()));
    this.step = 1 + random.nextInt(4);
    this.listsIndented = random.nextBoolean();
    this.commentOneIn = 3 + random.nextInt(20);
    this.flowOneIn = 2 + random.nextInt(12);
    this.json = !merges && random.nextInt(7) == 0;
    this.shuffled = !merges && random.nextInt(3) == 0;
  }

  /** Merge keys must be plain keys behind what they merge: no JSON, no other order. */
  private static boolean holdsBase(Object node) {
    return switch (node) {
      case Map<?, ?> map ->
          map.containsKey(BASE) || map.values().stream().anyMatch(TextWriter::holdsBase);
      case Collection<?> list -> list.stream().anyMatch(TextWriter::holdsBase);
      default -> false;
    };
  }

  private void findShared(Object node, Set<Object> seen) {
    boolean canBeShared = node instanceof Map<?, ?> || node instanceof SharedText;
    if (canBeShared && !seen.add(node)) {
      shared.add(node);
    }
    if (node instanceof Map<?, ?> map) {
      map.values().forEach(v -> findShared(v, seen));
    } else if (node instanceof Collection<?> list) {
      list.forEach(v -> findShared(v, seen));
    }
  }

  /** Whether anything stands in several places through an anchor. */
  boolean hasShared() {
    return !shared.isEmpty() && !json;
  }

  /** The alias of what was written before; the anchor of what will be written again; or nothing. */
  private String sharing(Object value) {
    if (json || !shared.contains(value)) {
      return "";
    }
    String known = anchors.get(value);
    if (known != null) {
      return "*" + known;
    }
    String name = "a" + anchors.size();
    anchors.put(value, name);
    return "&" + name;
  }

  String write(Map<String, Object> object) {
    if (json) {
      return random.nextInt(3) == 0 ? flow(object, true) + "\n" : pretty(object, "") + "\n";
    }
    StringBuilder text = new StringBuilder();
    map(text, object, 0, false);
    return text.toString();
  }

  private List<Map.Entry<String, Object>> entries(Map<?, ?> map) {
    List<Map.Entry<String, Object>> entries = new ArrayList<>();
    map.forEach((k, v) -> entries.add(Map.entry(k.toString(), v)));
    if (shuffled) {
      Collections.shuffle(entries, random);
    }
    return entries;
  }

  private void map(StringBuilder text, Map<?, ?> map, int column, boolean started) {
    boolean first = started;
    for (Map.Entry<String, Object> entry : entries(map)) {
      if (!first) {
        noise(text, column);
        text.append(" ".repeat(column));
      }
      first = false;
      text.append(key(entry.getKey())).append(':');
      value(text, entry.getValue(), column);
    }
  }

  private void value(StringBuilder text, Object value, int column) {
    String sharing = sharing(value);
    if (!sharing.isEmpty()) {
      text.append(' ').append(sharing);
    }
    if (sharing.startsWith("*")) {
      lineEnd(text);
      return;
    }
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() && random.nextInt(flowOneIn) > 0 -> {
        lineEnd(text);
        map(text, map, column + step, false);
      }
      case Collection<?> list when !list.isEmpty() && random.nextInt(flowOneIn) > 0 -> {
        lineEnd(text);
        list(text, list, column + (listsIndented ? step : 0));
      }
      case String string when string.endsWith("\n") && random.nextInt(3) > 0 ->
          literal(text, string, column + step);
      default -> {
        if (value != NOTHING || random.nextInt(4) == 0) {
          String flow = value == NOTHING ? "~" : content(value, false);
          text.append(random.nextInt(12) == 0 ? "   " : " ").append(flow);
        }
        lineEnd(text);
      }
    }
  }

  private void list(StringBuilder text, Collection<?> list, int column) {
    for (Object item : list) {
      noise(text, column);
      text.append(" ".repeat(column)).append("- ");
      if (item instanceof Map<?, ?> map
          && !map.isEmpty()
          && !shared.contains(map)
          && random.nextInt(flowOneIn) > 0) {
        map(text, map, column + 2, true);
      } else {
        text.append(flow(item, false));
        lineEnd(text);
      }
    }
  }

  private void literal(StringBuilder text, String value, int column) {
    text.append(random.nextInt(3) == 0 ? " | # script\n" : " |\n");
    for (String line : value.lines().toList()) {
      text.append(" ".repeat(column)).append(line).append('\n');
    }
  }

  private void lineEnd(StringBuilder text) {
    if (random.nextInt(commentOneIn) == 0) {
      text.append(random.nextBoolean() ? " # c" : "\t# tab\tc").append(comments++);
    } else if (random.nextInt(15) == 0) {
      text.append("  ");
    }
    text.append('\n');
  }

  private void noise(StringBuilder text, int column) {
    if (random.nextInt(commentOneIn) == 0) {
      text.append(" ".repeat(random.nextInt(3) == 0 ? 0 : column));
      text.append("# memory: 64Mi é😀 c").append(comments++).append('\n');
    }
    if (random.nextInt(12) == 0) {
      text.append('\n');
    }
  }

  private String key(String key) {
    return key.equals("<<") ? key : random.nextInt(20) == 0 ? '"' + key + '"' : key;
  }

  private String flow(Object value, boolean strict) {
    String sharing = sharing(value);
    if (sharing.startsWith("*")) {
      return sharing;
    }
    return sharing.isEmpty() ? content(value, strict) : sharing + " " + content(value, strict);
  }

  private String content(Object value, boolean strict) {
    String blank = strict ? "" : " ";
    boolean padded = !strict && random.nextInt(3) == 0;
    return switch (value) {
      case Map<?, ?> map -> {
        List<String> parts =
            entries(map).stream()
                .map(
                    e ->
                        (strict ? '"' + e.getKey() + '"' : key(e.getKey()))
                            + ":"
                            + blank
                            + flow(e.getValue(), strict))
                .toList();
        String inner = String.join("," + blank, parts);
        yield padded ? "{ " + inner + " }" : "{" + inner + "}";
      }
      case Collection<?> list ->
          "[" + String.join("," + blank, list.stream().map(i -> flow(i, strict)).toList()) + "]";
      case Integer number -> number.toString();
      case String string -> scalar(string, strict);
      case SharedText text -> scalar(text.text(), strict);
      default -> value == NOTHING ? "null" : value.toString();
    };
  }

  private String scalar(String text, boolean strict) {
    boolean singleLine = text.indexOf('\n') < 0 && text.indexOf('\t') < 0;
    int style = strict ? 0 : random.nextInt(5);
    boolean plain =
        ScalarType.ofPlain(text) == ScalarType.STRING && ScalarWriter.isPlainSafe(text, true);
    if (style == 0 || !singleLine) {
      return ScalarWriter.doubleQuoted(text);
    }
    return style == 1 || !plain ? ScalarWriter.singleQuoted(text) : text;
  }

  private String pretty(Object value, String indent) {
    String deeper = indent + (step == 1 ? "\t" : " ".repeat(step));
    return switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          "{\n"
              + String.join(
                  ",\n",
                  entries(map).stream()
                      .map(e -> deeper + '"' + e.getKey() + "\": " + pretty(e.getValue(), deeper))
                      .toList())
              + "\n"
              + indent
              + "}";
      case Collection<?> list when !list.isEmpty() ->
          "[\n"
              + String.join(",\n", list.stream().map(i -> deeper + pretty(i, deeper)).toList())
              + "\n"
              + indent
              + "]";
      default -> flow(value, true);
    };
  }
}
