// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.PendingRemediation;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Decider;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.status.Conditions;
import io.heal8s.graphql.intent.AppSnapshot;
import io.heal8s.graphql.intent.Memory;
import io.heal8s.graphql.intent.MonitorIntent;
import io.heal8s.graphql.intent.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a poll of one application.
 *
 * <p>An edge is written first, with the names of its Remediations; then they are created; then the
 * names are taken off. Killed before the first write: the next poll finds the edge again. Killed
 * after it: what is pending is created again under the same names, which the API server refuses to
 * double, even when the application is well by then. Killed before the last write: the same.
 */
public final class MonitorDecider implements Decider<AppSnapshot, MonitorIntent> {

  /** Changes that nothing depends on are written at most that often. */
  static final Duration LEISURE = Duration.ofSeconds(60);

  /** Pods times triggers: as many as the status may hold. */
  static final int MOST_VIEWS = 1000;

  private final TriggerJudge judge = new TriggerJudge();

  @Override
  public Decision<MonitorIntent> decide(AppSnapshot observed, Instant now) {
    TargetAppSpec spec = observed.app().spec();
    if (spec == null) {
      String message = "spec is missing: set spec.stateQuery and how the application is found";
      return failure(observed, MonitorReason.SpecMissing, message, true, now);
    }
    return switch (observed.seen()) {
      case Seen.State told -> {
        Gaps seen = Gaps.close(told.data(), observed.memory().state(), told.gaps());
        Look look = new Look(seen, told.perPod(), judge);
        yield state(observed, spec, look, told.endpoint(), told, now);
      }
      case Seen.Same(String endpoint, boolean perPod) -> {
        JsonObject state = observed.memory().state();
        yield state == null
            ? settled(observed)
            : state(
                observed,
                spec,
                new Look(new Gaps(state, List.of()), perPod, judge),
                endpoint,
                null,
                now);
      }
      case Seen.Failure(String reason, String message, boolean stalled) ->
          failure(observed, () -> reason, message, stalled, now);
      case Seen.Nothing _ -> settled(observed);
      case Seen.Uncreated(Map<String, String> why) -> uncreated(observed, why, now);
    };
  }

  private static Decision<MonitorIntent> state(
      AppSnapshot observed,
      TargetAppSpec spec,
      Look look,
      String endpoint,
      Seen.@Nullable State told,
      Instant now) {
    TargetApp app = observed.app();
    if (look.views() > MOST_VIEWS / Math.max(1, spec.actionsOrEmpty().size())) {
      return failure(
          observed,
          MonitorReason.TooManyPods,
          "%d pods with %d actions are more than the %d pairs that are watched: write poll: one"
              .formatted(look.views(), spec.actionsOrEmpty().size(), MOST_VIEWS),
          true,
          now);
    }
    Gaps seen = look.gaps();
    Memory memory = observed.memory();
    TargetAppStatus recorded = app.statusOrEmpty();
    Progress progress = Progress.of(observed, spec, look, now);

    List<Announcement> events = new ArrayList<>(recovered(app));
    events.addAll(progress.events(nameOf(app)));
    List<PendingRemediation> pending = new ArrayList<>(recorded.pendingOrEmpty());
    pending.addAll(progress.due());
    NextStatus next = new NextStatus(app, now);
    // Of the very same answer as before the same is true that is recorded.
    if (told != null) {
      next.monitoring(told.gaps(), told.slowed());
    } else if (!isReady(recorded)) {
      next.monitoring(List.of(), "");
    }
    String problem = progress.problem();
    // Triggers that were not looked at have the problem that is recorded.
    if (problem != null
        || progress.looked()
        || !NextStatus.isStalledBy(recorded, MonitorReason.TriggerInvalid)) {
      next.stalled(
          problem == null ? null : MonitorReason.TriggerInvalid, problem == null ? "" : problem);
    }
    TargetAppStatus status =
        next.endpoint(endpoint)
            .watched(progress.watched())
            .seen(progress.digest(), progress.queryDigest(), progress.sequence())
            .counted(0, memory.events() + events.size())
            .pending(pending)
            .build(true);
    if (StatusWorth.isUrgent(recorded, status)
        || ((!progress.changes().isEmpty() || StatusWorth.isReworded(recorded, status))
            && isLeisurely(memory, now))) {
      return written(app, status, new Memory(seen.state(), progress.digest(), 0, now), events);
    }
    Memory noted =
        new Memory(
            seen.state(), progress.digest(), memory.events() + events.size(), memory.writtenAt());
    List<MonitorIntent> intents = new ArrayList<>();
    if (!noted.equals(memory)) {
      intents.add(new MonitorIntent.Note(noted, events));
    }
    intents.addAll(finished(app, recorded, noted));
    return new Decision<>(intents, Outcome.DONE, List.of());
  }

  private static boolean isLeisurely(Memory memory, Instant now) {
    Instant written = memory.writtenAt();
    return written == null || !now.isBefore(written.plus(LEISURE));
  }

  private static Decision<MonitorIntent> failure(
      AppSnapshot observed, Reason reason, String message, boolean stalled, Instant now) {
    TargetApp app = observed.app();
    TargetAppStatus recorded = app.statusOrEmpty();
    List<Announcement> events = new ArrayList<>();
    if (isReady(recorded)) {
      events.add(
          Announcement.warning(
              "PollFailed", "The state of TApp '" + nameOf(app) + "' is not known: " + message));
    }
    TargetAppStatus status =
        new NextStatus(app, now)
            .failed(reason, message, stalled)
            .stalled(stalled ? reason : null, message)
            .counted(0, observed.memory().events() + events.size())
            .build(observed.seen() instanceof Seen.Failure);
    boolean reworded =
        StatusWorth.isReworded(recorded, status) && isLeisurely(observed.memory(), now);
    if (!StatusWorth.isUrgent(recorded, status) && !reworded) {
      return settled(observed);
    }
    Memory memory = new Memory(observed.memory().state(), observed.memory().digest(), 0, now);
    return written(app, status, memory, events);
  }

  private static List<Announcement> recovered(TargetApp app) {
    TargetAppStatus recorded = app.statusOrEmpty();
    if (recorded.state() != TargetAppStatus.State.Failed || recorded.digest() == null) {
      return List.of();
    }
    return List.of(
        Announcement.normal(
            "PollRecovered", "The state of TApp '" + nameOf(app) + "' is known again"));
  }

  /** Nothing new; what an earlier run left pending is finished. */
  private static Decision<MonitorIntent> settled(AppSnapshot observed) {
    List<MonitorIntent> rest =
        finished(observed.app(), observed.app().statusOrEmpty(), observed.memory());
    return new Decision<>(rest, Outcome.DONE, List.of());
  }

  private static Decision<MonitorIntent> written(
      TargetApp app, TargetAppStatus status, Memory memory, List<Announcement> events) {
    List<MonitorIntent> intents = new ArrayList<>();
    intents.add(new MonitorIntent.Record(status, memory, events));
    intents.addAll(finished(app, status, memory));
    return new Decision<>(intents, Outcome.DONE, List.of());
  }

  /** The Remediations that a status holds as pending, and the status without them. */
  private static List<MonitorIntent> finished(
      TargetApp app, TargetAppStatus status, Memory memory) {
    List<PendingRemediation> pending = status.pendingOrEmpty();
    if (pending.isEmpty()) {
      return List.of();
    }
    List<MonitorIntent> intents = new ArrayList<>();
    List<Announcement> gone = new ArrayList<>();
    StandingActions standing = new StandingActions(app);
    for (PendingRemediation one : pending) {
      RemediationDraft.of(app, standing, one)
          .ifPresentOrElse(
              spec -> intents.add(new MonitorIntent.Create(one.name(), spec)),
              () -> gone.add(actionGone(one)));
    }
    TargetAppStatus cleared = NextStatus.cleared(status, intents.size(), gone.size());
    intents.add(new MonitorIntent.Record(cleared, memory, gone));
    return intents;
  }

  /** What is created or gone is crossed out, what is not stays and is told. */
  private static Decision<MonitorIntent> uncreated(
      AppSnapshot observed, Map<String, String> why, Instant now) {
    TargetApp app = observed.app();
    TargetAppStatus recorded = app.statusOrEmpty();
    List<PendingRemediation> left = new ArrayList<>();
    List<Announcement> events = new ArrayList<>();
    int created = 0;
    StandingActions standing = new StandingActions(app);
    for (PendingRemediation one : recorded.pendingOrEmpty()) {
      if (why.containsKey(one.name())) {
        left.add(one);
      } else if (standing.find(one).isPresent()) {
        created++;
      } else {
        events.add(actionGone(one));
      }
    }
    if (left.isEmpty()) {
      return new Decision<>(List.of(), Outcome.DONE, List.of());
    }
    String message =
        "%d of what is pending cannot be created and %s tried again: %s: %s"
            .formatted(
                left.size(),
                left.size() == 1 ? "is" : "are",
                left.getFirst().name(),
                why.get(left.getFirst().name()));
    if (!NextStatus.isStalledBy(recorded, MonitorReason.RemediationNotCreated)) {
      events.add(Announcement.warning(MonitorReason.RemediationNotCreated.name(), message));
    }
    TargetAppStatus status =
        new NextStatus(app, now)
            .uncreated(left, message)
            .counted(created, events.size())
            .build(false);
    if (!StatusWorth.isUrgent(recorded, status) && !StatusWorth.isReworded(recorded, status)) {
      return new Decision<>(List.of(), Outcome.DONE, List.of());
    }
    return new Decision<>(
        List.of(new MonitorIntent.Record(status, observed.memory(), events)),
        Outcome.DONE,
        List.of());
  }

  private static Announcement actionGone(PendingRemediation pending) {
    return Announcement.warning(
        "ActionGone",
        "The action that was due at spec.actions[%d] was taken out or edited: nothing was done"
            .formatted(pending.action()));
  }

  private static boolean isReady(TargetAppStatus status) {
    return Conditions.of(status.conditions()).isTrue(MonitorCondition.Ready);
  }

  private static String nameOf(TargetApp app) {
    return Objects.requireNonNullElse(app.getMetadata().getName(), "");
  }
}
