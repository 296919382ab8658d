// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.PendingPlan;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.Completion.Attempt;
import io.heal8s.resource.reconcile.decision.Completion.Next;
import io.heal8s.resource.reconcile.decision.Completion.StatusChange;
import io.heal8s.resource.reconcile.decision.RunIntent.End;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ways in which a claim ends, and when to look again after each. */
final class Endings {

  private static final String STARTED = "Starting reconciliation";
  private static final String SUCCESS = "Reconciliation successful";
  private static final Duration LATER = Duration.ofSeconds(10);
  private static final Duration SHORTEST_POLL = Duration.ofMillis(10);

  private final Work work;
  private final RunPolicy policy;
  private final double draw;

  Endings(Work work, RunPolicy policy, double draw) {
    this.work = work;
    this.policy = policy;
    this.draw = draw;
  }

  /** Nothing to do until something changes. */
  End parked(@Nullable RunState run) {
    return end(
        next(null, Priority.DRIFT, Trigger.SCHEDULED, work.failures(), run), null, null, null);
  }

  /** Still as it was applied: no attempt, no news. */
  End asWanted(Instant now) {
    return end(driftCheck(now), null, null, null);
  }

  /** The other side works; told once, not at every look. */
  End underWay(RunState run, Step.Running running, Instant now) {
    Duration pause =
        running.pollAfter().compareTo(SHORTEST_POLL) < 0 ? SHORTEST_POLL : running.pollAfter();
    String before = Objects.requireNonNullElse(work.statusMessage(), STARTED);
    String message = RunDecider.orElse(running.message(), work.run() == null ? STARTED : before);
    boolean isNews = work.run() == null || !Objects.equals(message, work.statusMessage());
    StatusChange status =
        isNews
            ? new StatusChange(
                work.status(),
                message,
                work.observedGeneration(),
                null,
                work.deleted()
                    ? work.conditions()
                    : Conditions.started(
                        work.conditions(),
                        run.generation(),
                        run.generation() == work.observedGeneration(),
                        now),
                null)
            : null;
    return end(
        next(now.plus(pause), Priority.POLL, work.trigger(), work.failures(), run),
        status,
        null,
        isNews ? EventType.MODIFIED : null);
  }

  /** The run came to nothing: whatever is wanted now begins at its beginning. */
  End anew(Instant now) {
    return end(again(now), null, null, null);
  }

  /** Nobody here can ask; the run goes on outside. */
  End later(RunState run, Instant now) {
    return end(
        next(now.plus(LATER), Priority.POLL, work.trigger(), work.failures(), run),
        null,
        null,
        null);
  }

  /**
   * The other side takes nothing now: no attempt, no failure. Told once, but not over a plan that
   * waits or was approved: that would be forgotten.
   */
  End postponed(@Nullable RunState run, Duration wait, String message, Instant now) {
    Duration pause = wait.compareTo(SHORTEST_POLL) < 0 ? SHORTEST_POLL : wait;
    boolean hasPlan = work.pendingPlan() != null || work.approvedPlan() != null;
    boolean isNews = !hasPlan && !message.equals(work.statusMessage());
    StatusChange status =
        isNews
            ? new StatusChange(
                work.status(),
                message,
                work.observedGeneration(),
                null,
                work.deleted() || run != null
                    ? work.conditions()
                    : Conditions.waiting(work.conditions(), work.generation(), message, now),
                null)
            : null;
    Priority priority = run != null ? Priority.POLL : Priority.RETRY;
    return end(
        next(
            now.plus(pause),
            work.deleted() ? Priority.DELETION : priority,
            work.trigger(),
            work.failures(),
            run),
        status,
        null,
        isNews ? EventType.MODIFIED : null);
  }

  End awaitingApproval(String planId, String output, Instant now) {
    String message = "Waiting for approval of plan " + planId;
    boolean isNews = !planId.equals(work.pendingPlan());
    StatusChange status =
        isNews
            ? new StatusChange(
                work.status(),
                message,
                work.observedGeneration(),
                null,
                Conditions.awaitingApproval(work.conditions(), work.generation(), message, now),
                new PendingPlan(planId, work.generation(), output))
            : null;
    return end(
        next(null, Priority.NEW, Trigger.APPROVAL, work.failures(), null),
        status,
        null,
        isNews ? EventType.MODIFIED : null);
  }

  End succeeded(RunState run, Step.Done done, Instant now) {
    boolean isCurrent = run.generation() == work.generation();
    StatusChange status =
        new StatusChange(
            isCurrent ? ResourceStatus.READY : ResourceStatus.PENDING,
            SUCCESS,
            run.generation(),
            done.outputs(),
            Conditions.succeeded(work.conditions(), run.generation(), now),
            null);
    return end(
        isCurrent ? driftCheck(now) : again(now),
        status,
        attempt(run, done.changes(), done.output(), null),
        EventType.RECONCILED);
  }

  End failed(RunState run, Step.Failed failed, Instant now) {
    String message = RunDecider.orElse(failed.message(), "Reconciliation failed");
    Duration wait = policy.backoff().after(work.failures() + 1, draw);
    Duration floor = failed.notBefore();
    Instant due = now.plus(floor != null && floor.compareTo(wait) > 0 ? floor : wait);
    boolean isCurrent = work.deleted() || run.generation() == work.generation();
    Next next =
        work.deleted()
            ? next(due, Priority.DELETION, Trigger.DELETION, work.failures() + 1, null)
            : isCurrent
                ? next(due, Priority.RETRY, Trigger.RETRY, work.failures() + 1, null)
                : again(now);
    return end(
        next,
        failure(run, message, now),
        attempt(run, Step.Changes.NONE, failed.output(), message),
        EventType.FAILED);
  }

  /** Nobody knows whether it was dispatched, or what became of it: a person decides. */
  End held(RunState run, Step.Unknown unknown, Instant now) {
    String message =
        "It is not known %s (%s): look there, then POST …/reconcile to dispatch again"
            .formatted(
                unknown.dispatched()
                    ? "what became of dispatch " + run.key()
                    : "whether dispatch " + run.key() + " happened",
                unknown.message());
    return end(
        next(null, Priority.RETRY, Trigger.RETRY, work.failures() + 1, run.at(Phase.HELD, null)),
        failure(run, message, now),
        attempt(run, Step.Changes.NONE, "", message),
        EventType.FAILED);
  }

  /** Left to that person, in sight, whatever was changed meanwhile. */
  End stillHeld(RunState run) {
    if (work.status() == ResourceStatus.FAILED) {
      return parked(run);
    }
    StatusChange status =
        new StatusChange(
            ResourceStatus.FAILED,
            work.statusMessage(),
            work.observedGeneration(),
            null,
            work.conditions(),
            null);
    return end(
        next(null, Priority.RETRY, Trigger.RETRY, work.failures(), run),
        status,
        null,
        EventType.FAILED);
  }

  End destroyed(RunState run, Step.Done done, Instant now) {
    return letGo(attempt(run, done.changes(), done.output(), null), now);
  }

  /** The plugin has nothing more to do with it. */
  End letGo(@Nullable Attempt attempt, Instant now) {
    StatusChange status =
        new StatusChange(
            ResourceStatus.DELETING,
            "Waiting for the remaining finalizers",
            work.observedGeneration(),
            null,
            Conditions.deleting(work.conditions(), work.generation(), now),
            null);
    return new End(
        new Completion(
            work,
            next(null, Priority.DELETION, Trigger.DELETION, 0, null),
            status,
            attempt,
            EventType.MODIFIED,
            true));
  }

  private StatusChange failure(RunState run, String message, Instant now) {
    return new StatusChange(
        work.deleted() ? ResourceStatus.DELETING : ResourceStatus.FAILED,
        message,
        work.observedGeneration(),
        null,
        Conditions.failed(work.conditions(), run.generation(), message, now),
        null);
  }

  private Next driftCheck(Instant now) {
    double spread = 0.9 + 0.2 * draw;
    Instant due =
        policy.can(Capability.DRIFT)
            ? now.plusMillis(Math.round(policy.driftInterval().toMillis() * spread))
            : null;
    return next(due, Priority.DRIFT, Trigger.SCHEDULED, 0, null);
  }

  /** What is wanted changed meanwhile. */
  private Next again(Instant now) {
    return next(now, Priority.NEW, Trigger.SPEC_CHANGE, 0, null);
  }

  private static Next next(
      @Nullable Instant due,
      Priority priority,
      Trigger trigger,
      int failures,
      @Nullable RunState run) {
    return new Next(due, priority, trigger, failures, run);
  }

  private static Attempt attempt(
      RunState run, Step.Changes changes, String output, @Nullable String error) {
    return new Attempt(
        run.generation(),
        error == null,
        run.planOutput(),
        output,
        error,
        changes.created(),
        changes.updated(),
        changes.deleted(),
        run.startedAt(),
        run.trigger(),
        run.drift());
  }

  private End end(
      Next next,
      @Nullable StatusChange status,
      @Nullable Attempt attempt,
      @Nullable EventType event) {
    return new End(new Completion(work, next, status, attempt, event, false));
  }
}
