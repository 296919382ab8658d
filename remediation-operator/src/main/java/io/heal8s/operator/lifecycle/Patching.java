// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.operator.act.patch.ChangesState;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.plan.patchresource.PatchTarget;
import io.heal8s.operator.plan.patchresource.PatchedFields;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A recorded patch: found by its key on the object, else sent. */
final class Patching {

  private final Turn turn;
  private final AtTheGate gate;
  private final RecordedIntent intent;

  Patching(Turn turn, AtTheGate gate) {
    this.turn = turn;
    this.gate = gate;
    this.intent = Objects.requireNonNull(turn.status().intent());
  }

  Step step(ObjectPatchRequest request) {
    AccountChoice choice = AccountChoice.of(turn.remediation(), turn.policy());
    String account = account(choice);
    if (account == null) {
      return planAnew();
    }
    Query reading = PatchTarget.query(turn.target(), account);
    if (!turn.known().has(reading)) {
      return new Step.Read(Set.of(reading));
    }
    Optional<LiveObject> live = turn.known().many(reading).stream().findFirst();
    if (live.isEmpty() || !live.get().uid().equals(turn.target().uid())) {
      return planAnew();
    }
    String found = live.get().text("metadata.annotations[\"" + PatchTarget.KEY + "\"]");
    if (found.equals(intent.key())) {
      return patched(request, live.get());
    }
    if (!choice.equals(new AccountChoice.Chosen(account))) {
      return planAnew();
    }
    if (!turn.now().isBefore(intent.recordedAt().toInstant().plus(turn.policy().verifyWindow()))) {
      return Endings.failed(
          turn,
          LifecycleReason.ApplyRefused,
          "the patch did not fit the object in "
              + turn.policy().verifyWindow().toMinutes()
              + " min: one of its steps leads nowhere, or somebody writes to the object all the"
              + " time");
    }
    // The undo was stated from what was there: something else means another plan.
    if (!(turn.plan().changes().isEmpty()
        || ChangesState.of(turn.plan().changes(), live.get()) instanceof ChangesState.AllBefore)) {
      return planAnew();
    }
    return new Step.Do(
        new RemediationIntent.Run(
            turn.remediation(),
            new Effect.Patch(request, turn.target(), live.get().version(), account)));
  }

  /** The one that plan and approval name; what the policy names now may be another. */
  private @Nullable String account(AccountChoice choice) {
    if (intent.account() != null) {
      return intent.account();
    }
    return choice instanceof AccountChoice.Chosen(String chosen) ? chosen : null;
  }

  private Step planAnew() {
    return gate.step(TargetJudge.withStatus(turn, turn.draft().intent(null).build()));
  }

  private Step patched(ObjectPatchRequest request, LiveObject live) {
    return PatchTarget.hasHealth(turn.target())
        ? Step.be(
            Results.applied(turn.remediation(), made(request, live), live.generation(), turn.now()),
            turn.now().plus(Pace.FIRST))
        : Step.be(
            Results.result(
                turn.remediation(),
                true,
                LifecycleReason.Patched,
                "the API server took the patch; an object of this kind has no health of its own",
                turn.now()),
            null);
  }

  /**
   * What of the plan was made: what the patch names, and of the rest only what came out as on
   * trial. The other is written by somebody with every change of the object, so nobody can put it
   * back.
   */
  private List<Change> made(ObjectPatchRequest request, LiveObject live) {
    PatchedFields fields = PatchedFields.of(request);
    return turn.plan().changes().stream()
        .filter(
            change ->
                fields.names(change)
                    || ChangesState.of(List.of(change), live) instanceof ChangesState.AllAfter)
        .toList();
  }
}
