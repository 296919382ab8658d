// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.operator.intent.Action;
import io.heal8s.operator.intent.EffectKind;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.PodCommand;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.intent.WebhookCall;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.plan.PodChoice;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.plan.execcommand.ExecPlanner;
import io.heal8s.operator.plan.restartpods.PodRestart;
import io.heal8s.operator.target.AskedAction;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One with a recorded intent whose effect is no change of values. A restart of pods finds its
 * progress in the pods; a call is repeated under one key; a command that was begun is never begun
 * again. None is carried out under the record of another action: what was begun before an edit is
 * ended as what it was, or fails where that cannot be.
 */
final class Running {

  private final Turn turn;
  private final AtTheGate gate;
  private final RecordedIntent intent;

  Running(Turn turn, AtTheGate gate) {
    this.turn = turn;
    this.gate = gate;
    this.intent = Objects.requireNonNull(turn.status().intent());
  }

  Step step() {
    if (because(LifecycleReason.CommandStarted)) {
      return run(new Effect.Recall());
    }
    return RecordedIntents.same(intent, turn.remediation()) ? asked() : edited();
  }

  private Step edited() {
    return switch (RecordedIntents.kind(intent, turn.remediation())) {
      case CALL ->
          run(
              new Effect.Forgo(
                  because(LifecycleReason.CallFailed)
                      ? wasEdited("the webhook was called: " + turn.status().message())
                      : null));
      case PODS ->
          because(LifecycleReason.ApplyRecorded)
              ? planAnew()
              : Endings.failed(
                  turn,
                  LifecycleReason.ActionEdited,
                  wasEdited("pods were being restarted: " + turn.status().message()));
      case PATCH -> new Patching(turn, gate).stepOfEdited();
      case COMMAND, VALUES -> planAnew();
    };
  }

  private static String wasEdited(String begun) {
    return "spec.action was edited while another action was carried out; " + begun;
  }

  private Step asked() {
    return switch (AskedAction.of(turn.remediation(), turn.known())) {
      case AskedAction.NeedsReading(Set<Query> queries) -> new Step.Read(queries);
      case AskedAction.NotUnderstood _ -> notUnderstood();
      case AskedAction.Understood(Action action) ->
          switch (action) {
            case Action.RestartPods restart -> restart(restart);
            case Action.CallWebhook(WebhookCall call) -> call(call);
            case Action.ExecCommand(PodCommand command) -> command(command);
            case Action.PatchResource(ObjectPatchRequest request) ->
                new Patching(turn, gate).step(request);
            case Action.IncreaseMemory _,
                Action.ScaleUp _,
                Action.ScaleTo _,
                Action.RollbackImage _,
                Action.RestartWorkload _,
                Action.NotBuiltYet _ ->
                planAnew();
          };
    };
  }

  private boolean because(LifecycleReason reason) {
    return reason.name().equals(turn.status().reason());
  }

  // Calls are carried out in a loop key of their own, which leaves all judging to the target's.
  private Step notUnderstood() {
    return RecordedIntents.kind(intent, turn.remediation()) == EffectKind.CALL
        ? run(new Effect.Forgo(null))
        : planAnew();
  }

  private Step planAnew() {
    return gate.step(TargetJudge.withStatus(turn, turn.draft().intent(null).build()));
  }

  private Step run(Effect effect) {
    return new Step.Do(new RemediationIntent.Run(turn.remediation(), effect));
  }

  private Instant recordedAt() {
    return intent.recordedAt().toInstant();
  }

  private Step restart(Action.RestartPods restart) {
    Query.Get target = LiveValues.objectOf(turn.target());
    if (!turn.known().has(target)) {
      return new Step.Read(Set.of(target));
    }
    Optional<LiveObject> live = turn.known().one(target);
    Optional<Query.ListBySelector> query =
        live.flatMap(object -> PodChoice.query(object, restart.podSelector()));
    if (query.isEmpty()) {
      return Endings.failed(turn, LifecycleReason.TargetGone, "the target or its selector is gone");
    }
    if (!turn.known().has(query.get())) {
      return new Step.Read(Set.of(query.get()));
    }
    List<LiveObject> pods = turn.known().many(query.get());
    Instant asked = Timestamps.asked(turn.remediation());
    return switch (PodRestart.next(live.get(), pods, asked, turn.known())) {
      case PodRestart.NeedsReading(Set<Query> queries) -> new Step.Read(queries);
      case PodRestart.Done _ ->
          Step.be(
              Results.applied(turn.remediation(), live.get().generation(), turn.now()),
              turn.now().plus(Pace.FIRST));
      case PodRestart.Waits(String message) -> waits(message);
      case PodRestart.Evict(LiveObject pod) ->
          overdue()
              ? notReplaced("pod " + pod.name() + " could not be evicted")
              : run(
                  new Effect.Evict(pod.namespace(), pod.name(), pod.uid(), restart.gracePeriod()));
    };
  }

  private boolean overdue() {
    return !turn.now().isBefore(recordedAt().plus(turn.policy().applyTimeout()));
  }

  private Step waits(String message) {
    if (overdue()) {
      return notReplaced(message);
    }
    Instant next = Pace.verify(recordedAt().atOffset(java.time.ZoneOffset.UTC), turn.now());
    return Step.be(turn.draft().because(LifecycleReason.RestartingPods, message), next);
  }

  private Step notReplaced(String message) {
    return Endings.failed(
        turn,
        LifecycleReason.PodsNotReplaced,
        "not all pods were replaced in "
            + turn.policy().applyTimeout().toMinutes()
            + " min: "
            + message);
  }

  private Step call(WebhookCall call) {
    Duration patience = turn.policy().verifyWindow();
    boolean last = !turn.now().isBefore(recordedAt().plus(patience));
    return run(new Effect.Call(call, last));
  }

  private Step command(PodCommand command) {
    Query.Get target = LiveValues.objectOf(turn.target());
    if (!turn.known().has(target)) {
      return new Step.Read(Set.of(target));
    }
    Optional<Query.ListBySelector> query =
        turn.known().one(target).flatMap(object -> PodChoice.query(object, command.podSelector()));
    if (query.isEmpty()) {
      return planAnew();
    }
    if (!turn.known().has(query.get())) {
      return new Step.Read(Set.of(query.get()));
    }
    List<Effect.Command.Place> places =
        ExecPlanner.pods(command, turn.known().many(query.get())).stream()
            .map(pod -> new Effect.Command.Place(pod.name(), ExecPlanner.container(command, pod)))
            .toList();
    String recorded = intent.account();
    return switch (AccountChoice.of(turn.remediation(), turn.policy())) {
      case AccountChoice.Chosen(String account)
          when !places.isEmpty() && (recorded == null || recorded.equals(account)) ->
          run(new Effect.Command(command, turn.target().namespace(), places, account));
      case AccountChoice.Chosen _, AccountChoice.None _ -> planAnew();
    };
  }
}
