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
import java.time.Instant;
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
    Optional<String> refusal = turn.known().refusal(reading);
    if (refusal.isPresent()) {
      return unseen(refusal.get());
    }
    Optional<LiveObject> live = live(reading);
    if (live.isEmpty()) {
      return planAnew();
    }
    if (isThere(live.get())) {
      return patched(made(PatchedFields.of(request), live.get()), live.get());
    }
    if (!choice.equals(new AccountChoice.Chosen(account))) {
      return planAnew();
    }
    if (windowOver()) {
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

  /** One whose action is another by now: a patch that is there was made, any other is not sent. */
  Step stepOfEdited() {
    if (intent.account() == null) {
      return planAnew();
    }
    Query reading = PatchTarget.query(turn.target(), intent.account());
    if (!turn.known().has(reading)) {
      return new Step.Read(Set.of(reading));
    }
    Optional<LiveObject> live =
        turn.known().refusal(reading).isPresent() ? Optional.empty() : live(reading);
    return live.isPresent() && isThere(live.get())
        ? patched(asPlanned(live.get()), live.get())
        : planAnew();
  }

  private Optional<LiveObject> live(Query reading) {
    return turn.known().many(reading).stream()
        .filter(object -> object.uid().equals(turn.target().uid()))
        .findFirst();
  }

  private boolean isThere(LiveObject live) {
    return live.text("metadata.annotations[\"" + PatchTarget.KEY + "\"]").equals(intent.key());
  }

  private Instant windowEnd() {
    return intent.recordedAt().toInstant().plus(turn.policy().verifyWindow());
  }

  private boolean windowOver() {
    return !turn.now().isBefore(windowEnd());
  }

  /** The account lost its right to look, so nobody can say whether the patch was made. */
  private Step unseen(String refusal) {
    if (windowOver()) {
      return Endings.failed(
          turn,
          LifecycleReason.ResultUnknown,
          "whether the patch was made could not be seen in "
              + turn.policy().verifyWindow().toMinutes()
              + " min: "
              + refusal);
    }
    Instant next = Pace.sync(intent.recordedAt(), turn.now());
    Instant end = windowEnd();
    return Step.be(
        turn.draft().because(LifecycleReason.ReadFailed, refusal), next.isBefore(end) ? next : end);
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

  private Step patched(List<Change> made, LiveObject live) {
    return PatchTarget.hasHealth(turn.target())
        ? Step.be(
            Results.applied(turn.remediation(), made, live.generation(), turn.now()),
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
  private List<Change> made(PatchedFields fields, LiveObject live) {
    return turn.plan().changes().stream()
        .filter(change -> fields.names(change) || asPlanned(change, live))
        .toList();
  }

  private List<Change> asPlanned(LiveObject live) {
    return turn.plan().changes().stream().filter(change -> asPlanned(change, live)).toList();
  }

  private static boolean asPlanned(Change change, LiveObject live) {
    return ChangesState.of(List.of(change), live) instanceof ChangesState.AllAfter;
  }
}
