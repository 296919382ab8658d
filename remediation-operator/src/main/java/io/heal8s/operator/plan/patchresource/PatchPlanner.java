// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.ReadVersion;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanAssembly;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.PlanText;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans of PatchResource. */
public final class PatchPlanner {

  private PatchPlanner() {}

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
    String asWritten = PatchText.of(patch, request.live());
    if (request.live().kind().equals("Secret")) {
      String none = "what a Secret held before is kept nowhere";
      return shown(run(request, patch, account, asWritten, List.of(), none));
    }
    Query.Get get = PatchTarget.query(request.target(), account).get();
    ReadVersion read = request.live().version();
    Query query = new Query.Patched(account, get, patch, read);
    Query nothing = new Query.Patched(account, get, ObjectPatchRequest.ofNothing(), read);
    if (!known.has(query) || !known.has(nothing)) {
      return new Draft.Needs(
          Stream.of(query, nothing)
              .filter(one -> !known.has(one))
              .collect(Collectors.toUnmodifiableSet()));
    }
    Optional<LiveObject> patched = known.many(query).stream().findFirst();
    if (patched.isEmpty()) {
      String none = "an admission webhook of the API server has no dry run to say what it comes to";
      return shown(run(request, patch, account, asWritten, List.of(), none));
    }
    if (patched.get().kind().equals("Status")) {
      return Draft.refused(PlanReason.PatchRefused, patched.get().text("message"));
    }
    Optional<LiveObject> untouched =
        known.many(nothing).stream().filter(one -> !one.kind().equals("Status")).findFirst();
    PatchedFields fields = PatchedFields.of(patch);
    boolean hasHealth = PatchTarget.hasHealth(request.target());
    return switch (PatchOutcome.of(request.live(), patched.get(), untouched, fields)) {
      case PatchOutcome.Nothing() when hasHealth ->
          new Draft.Nothing(
              null, PlanReason.NothingToChange, "the object holds all of the patch already");
      case PatchOutcome.Nothing() ->
          run(request, patch, account, "", List.of(), "the object holds all of it already");
      case PatchOutcome.TooMuch(String why) ->
          shown(run(request, patch, account, asWritten, List.of(), why));
      case PatchOutcome.Exact(List<Change> changes) -> {
        String none =
            hasHealth
                ? null
                : "a "
                    + request.target().kind()
                    + " has no health that could call for it; what was there before is in"
                    + " status.plan.changes";
        List<Change> told = standing(request, patch, account, changes, none).orElse(changes);
        yield run(request, patch, account, PatchText.of(told), told, none);
      }
    };
  }

  private static Draft shown(Draft.Run run) {
    return PlanText.fits(run.diff())
        ? run
        : Draft.refused(
            PlanReason.PatchRefused,
            "the patch is too long to be shown to who approves it; make several shorter ones of it");
  }

  /**
   * The changes that were told before, if these are the same but for what the patch does not name:
   * a webhook that writes the time must not take an approval away with every look.
   */
  private static Optional<List<Change>> standing(
      PlanRequest request,
      ObjectPatchRequest patch,
      String account,
      List<Change> changes,
      @Nullable String none) {
    Plan plan = request.remediation().statusOrEmpty().plan();
    if (plan == null || plan.changes().size() != changes.size()) {
      return Optional.empty();
    }
    PatchedFields fields = PatchedFields.of(patch);
    for (int i = 0; i < changes.size(); i++) {
      Change before = plan.changes().get(i);
      Change now = changes.get(i);
      boolean same =
          before.path().equals(now.path())
              && before.type() == now.type()
              && Objects.equals(before.before(), now.before())
              && (Objects.equals(before.after(), now.after()) || !fields.names(now));
      if (!same) {
        return Optional.empty();
      }
    }
    // Of this target, account and patch only if it would get the same id again.
    Draft.Run again =
        run(request, patch, account, PatchText.of(plan.changes()), plan.changes(), none);
    return PlanAssembly.run(request, again).id().equals(plan.id())
        ? Optional.of(plan.changes())
        : Optional.empty();
  }

  private static Draft.Run run(
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
}
