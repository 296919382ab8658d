// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.target.LiveObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people read of a patch: one line for what was there, one for what will be. New values stand
 * there whole, since who approves a patch approves all of it.
 */
final class PatchText {

  private static final String MASK = "***";
  // Longest old value of a patch whose outcome is not known: it must not push the new one out.
  private static final int MOST_BEFORE = 1024;

  private final LiveObject live;
  private final boolean secret;
  private final List<String> lines = new ArrayList<>();

  private PatchText(LiveObject live) {
    this.live = live;
    this.secret = live.kind().equals("Secret");
  }

  /** What it comes to. */
  static String of(List<Change> changes) {
    StringBuilder text = new StringBuilder();
    for (Change change : changes) {
      line(text, '-', change.path(), change.before());
      line(text, '+', change.path(), change.after());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, char sign, String path, @Nullable String value) {
    if (value != null) {
      text.append(sign).append(ForeignText.visible(path)).append(": ");
      text.append(ForeignText.visible(value)).append('\n');
    }
  }

  /** The patch itself, where nobody says what it comes to. What a Secret holds is masked. */
  static String of(ObjectPatchRequest patch, LiveObject live) {
    PatchText text = new PatchText(live);
    switch (patch.kind()) {
      case Json -> patch.data().getAsJsonArray().forEach(text::operation);
      case Merge, Strategic -> text.leaves(patch.data(), new ArrayList<>());
    }
    return String.join("", text.lines);
  }

  private void operation(JsonElement element) {
    if (element instanceof JsonObject operation) {
      LiveObject step = new LiveObject(operation);
      // Where a copy comes from says what it publishes.
      String from = operation.has("from") ? ForeignText.visible(step.text("from")) + " to " : "";
      lines.add(
          "+"
              + ForeignText.visible(step.text("op"))
              + " "
              + from
              + ForeignText.visible(step.text("path"))
              + (operation.has("value") ? ": " + shown(operation.get("value")) : "")
              + "\n");
    }
  }

  private void leaves(JsonElement element, List<String> path) {
    if (element instanceof JsonObject map && !map.isEmpty()) {
      for (Map.Entry<String, JsonElement> entry : map.entrySet()) {
        List<String> deeper = new ArrayList<>(path);
        deeper.add(entry.getKey());
        leaves(entry.getValue(), deeper);
      }
      return;
    }
    String where = ForeignText.visible(String.join(".", path));
    JsonElement before = at(path);
    if (before != null) {
      lines.add("-" + where + ": " + ForeignText.cut(shown(before), MOST_BEFORE) + "\n");
    }
    if (!element.isJsonNull()) {
      lines.add("+" + where + ": " + shown(element) + "\n");
    }
  }

  private @Nullable JsonElement at(List<String> path) {
    JsonElement here = live.json();
    for (String key : path) {
      here = here instanceof JsonObject map ? map.get(key) : null;
      if (here == null) {
        return null;
      }
    }
    return here;
  }

  private String shown(JsonElement value) {
    return secret ? MASK : ForeignText.visible(value.toString());
  }
}
