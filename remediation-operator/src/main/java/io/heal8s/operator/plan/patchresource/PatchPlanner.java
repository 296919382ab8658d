// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /**
   * Plans one patch. What a Secret holds is masked, before and after.
   *
   * @param known where the API server's own word on what the patch comes to is looked up
   */
  public static Draft draft(PlanRequest request, ObjectPatchRequest patch, Known known) {
    Optional<String> ours = OwnAnnotation.writtenBy(patch);
    if (ours.isPresent()) {
      return Draft.refused(PlanReason.PatchRefused, ours.get());
    }
    return switch (AccountChoice.of(request)) {
      case AccountChoice.None(var verdict) -> new Draft.Refused(verdict);
      case AccountChoice.Chosen(String account) -> draft(request, patch, account, known);
    };
  }

  private static Draft draft(
      PlanRequest request, ObjectPatchRequest patch, String account, Known known) {
    PatchPlanner planner = new PatchPlanner(request.live());
    if (planner.secret) {
      String none = "what a Secret held before is kept nowhere";
      return run(request, patch, account, planner.text(patch), List.of(), none);
    }
    Query query =
        new Query.Patched(account, PatchTarget.query(request.target(), account).get(), patch);
    if (!known.has(query)) {
      return new Draft.Needs(Set.of(query));
    }
    Optional<LiveObject> patched = known.many(query).stream().findFirst();
    if (patched.isEmpty()) {
      String none = "an admission webhook of the API server has no dry run to say what it comes to";
      return run(request, patch, account, planner.text(patch), List.of(), none);
    }
    if (patched.get().kind().equals("Status")) {
      return Draft.refused(PlanReason.PatchRefused, patched.get().text("message"));
    }
    boolean hasHealth = PatchTarget.hasHealth(request.target());
    return switch (PatchOutcome.of(request.live(), patched.get())) {
      case PatchOutcome.Nothing() when hasHealth ->
          new Draft.Nothing(
              null, PlanReason.NothingToChange, "the object holds all of the patch already");
      case PatchOutcome.Nothing() ->
          run(request, patch, account, "", List.of(), "the object holds all of it already");
      case PatchOutcome.TooMuch(String why) ->
          run(request, patch, account, planner.text(patch), List.of(), why);
      case PatchOutcome.Exact(List<Change> changes) -> {
        String none =
            hasHealth
                ? null
                : "a "
                    + request.target().kind()
                    + " has no health that could call for it; what was there before is in"
                    + " status.plan.changes";
        yield run(request, patch, account, lines(changes), changes, none);
      }
    };
  }

  private static Draft run(
      PlanRequest request,
      ObjectPatchRequest patch,
      String account,
      String body,
      List<Change> changes,
      @Nullable String noUndo) {
    String what = Workload.show(request.live());
    String diff =
        "--- "
            + what
            + " (live)\n+++ "
            + what
            + " (planned: "
            + patch.kind()
            + " patch, as ServiceAccount "
            + account
            + ")\n"
            + body;
    return new Draft.Run(
        diff,
        List.of("Nobody writes to " + what + " between the last reading and the patch."),
        noUndo,
        changes);
  }

  private static String lines(List<Change> changes) {
    StringBuilder text = new StringBuilder();
    for (Change change : changes) {
      line(text, '-', change.path(), change.before());
      line(text, '+', change.path(), change.after());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, char sign, String path, @Nullable String value) {
    if (value != null) {
      text.append(sign).append(ForeignText.line(path)).append(": ");
      text.append(ForeignText.line(value)).append('\n');
    }
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
    return secret ? MASK : ForeignText.line(value.toString());
  }
}
