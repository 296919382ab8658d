// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the program said: plain lines, or with {@code -json} one object a line, as the documentation
 * of its machine-readable interface has it. Bounded; secrets are masked on the way in. Safe for a
 * reader and a writer at once.
 */
final class Said implements Consumer<String> {

  private static final int MOST_CHARACTERS = 64 << 10;
  private static final int MOST_ERRORS = 20;
  private static final int MOST_LINES = 8;
  private static final int LONGEST_ERROR = 2_000;
  private static final String LEFT_OUT = "… earlier lines are left out";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final UnaryOperator<String> mask;
  private final Deque<String> lines = new ArrayDeque<>();
  private final List<String> errors = new ArrayList<>();
  private int characters;
  private boolean cut;
  private int added;
  private int changed;
  private int removed;

  Said(UnaryOperator<String> mask) {
    this.mask = mask;
  }

  @Override
  public synchronized void accept(String line) {
    if (!line.startsWith("{")) {
      add(line);
      return;
    }
    try {
      told(JSON.readTree(line));
    } catch (JacksonException e) {
      add(line);
    }
  }

  private void told(JsonNode message) {
    String text = message.path("@message").asString("");
    switch (message.path("type").asString("")) {
      case "diagnostic" -> diagnosed(message.path("diagnostic"));
      case "change_summary" -> {
        JsonNode changes = message.path("changes");
        added = changes.path("add").intValue(0);
        changed = changes.path("change").intValue(0);
        removed = changes.path("remove").intValue(0);
        add(text);
      }
      // Values of outputs are read from the state, where it is known which are sensitive.
      case "version", "outputs" -> {}
      default -> add(text);
    }
  }

  private void diagnosed(JsonNode diagnostic) {
    String address = diagnostic.path("address").asString("");
    String detail = diagnostic.path("detail").asString("");
    String text =
        (address.isEmpty() ? "" : address + ": ")
            + diagnostic.path("summary").asString("")
            + (detail.isEmpty() ? "" : ": " + detail);
    boolean isError = diagnostic.path("severity").asString("").equals("error");
    if (isError && errors.size() < MOST_ERRORS) {
      errors.add(cut(mask.apply(text)));
    }
    add((isError ? "Error: " : "Warning: ") + text);
  }

  private static String cut(String text) {
    return text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) + "…" : text;
  }

  private void add(String line) {
    String shown = mask.apply(line);
    lines.add(shown);
    characters += shown.length() + 1;
    while (characters > MOST_CHARACTERS) {
      characters -= lines.remove().length() + 1;
      cut = true;
    }
  }

  /** All that is kept, for the history. */
  synchronized String text() {
    return (cut ? LEFT_OUT + "\n" : "") + String.join("\n", lines).strip();
  }

  /** What was wrong: its errors, or else its last words. */
  synchronized String trouble() {
    if (!errors.isEmpty()) {
      return String.join("; ", errors);
    }
    List<String> said = lines.stream().filter(line -> !line.isBlank()).toList();
    List<String> error = said.stream().dropWhile(line -> !line.contains("Error: ")).toList();
    List<String> told =
        error.isEmpty()
            ? said.subList(Math.max(0, said.size() - MOST_LINES), said.size())
            : error.subList(0, Math.min(MOST_LINES, error.size()));
    return cut(String.join(" ", told));
  }

  synchronized int added() {
    return added;
  }

  synchronized int changed() {
    return changed;
  }

  synchronized int removed() {
    return removed;
  }
}
