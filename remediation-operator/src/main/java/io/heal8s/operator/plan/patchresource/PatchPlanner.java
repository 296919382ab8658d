// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.target.LiveObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans of PatchResource. */
public final class PatchPlanner {

  private static final String MASK = "***";
  private static final int MOST_LINES = 200;

  private final LiveObject live;
  private final boolean secret;
  private final List<String> lines = new ArrayList<>();

  private PatchPlanner(LiveObject live) {
    this.live = live;
    this.secret = live.kind().equals("Secret");
  }

  /** Plans one patch. What a Secret holds is masked, before and after. */
  public static Draft draft(PlanRequest request, ObjectPatchRequest patch) {
    return switch (AccountChoice.of(request)) {
      case AccountChoice.None(var verdict) -> new Draft.Refused(verdict);
      case AccountChoice.Chosen(String account) -> {
        String what = Workload.show(request.live());
        yield new Draft.Run(
            "--- "
                + what
                + " (live)\n+++ "
                + what
                + " (planned: "
                + patch.kind()
                + " patch, as ServiceAccount "
                + account
                + ")\n"
                + new PatchPlanner(request.live()).text(patch),
            List.of("Nobody writes to " + what + " between the last reading and the patch."),
            "only the API server knows what a patch of this kind came to");
      }
    };
  }

  private String text(ObjectPatchRequest patch) {
    if (patch.kind() == ObjectPatchRequest.Kind.Json) {
      patch.data().getAsJsonArray().forEach(this::operation);
    } else {
      leaves(patch.data(), new ArrayList<>());
    }
    boolean cut = lines.size() > MOST_LINES;
    String shown = String.join("", cut ? lines.subList(0, MOST_LINES) : lines);
    return cut ? shown + "… and " + (lines.size() - MOST_LINES) + " lines more\n" : shown;
  }

  private void operation(JsonElement element) {
    if (element instanceof JsonObject operation) {
      LiveObject step = new LiveObject(operation);
      String where = step.text("op") + " " + step.text("path");
      lines.add(
          "+"
              + ForeignText.line(where)
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
    String where = ForeignText.line(String.join(".", path));
    JsonElement before = at(path);
    if (before != null) {
      lines.add("-" + where + ": " + shown(before) + "\n");
    }
    if (!element.isJsonNull()) {
      lines.add("+" + where + ": " + shown(element) + "\n");
    }
  }

  private @org.jspecify.annotations.Nullable JsonElement at(List<String> path) {
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
    return secret ? MASK : ForeignText.line(value.toString());
  }
}
