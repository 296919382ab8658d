// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.decide.Decider;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.intent.AppSnapshot;
import io.heal8s.graphql.intent.Memory;
import io.heal8s.graphql.intent.MonitorIntent;
import io.heal8s.graphql.intent.Seen;
import io.heal8s.graphql.poll.AppObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what follows from an observation and does it, intent by intent. */
public final class AppScribe implements AppObserver {

  private static final Logger log = LoggerFactory.getLogger(AppScribe.class);
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(50);
  private static final Duration WHILE_NOT_OURS = Duration.ofSeconds(1);

  private final CurrentApps apps;
  private final Predicate<ObjectKey> mine;
  private final Decider<AppSnapshot, MonitorIntent> decider;
  private final MonitorExecutor executor;
  private final AppNews news;
  private final AtomicBoolean definitionTold = new AtomicBoolean();

  /**
   * @param mine whether this process still is to act for that app
   * @param news is told of what is written or noted
   */
  public AppScribe(
      CurrentApps apps,
      Predicate<ObjectKey> mine,
      Decider<AppSnapshot, MonitorIntent> decider,
      MonitorExecutor executor,
      AppNews news) {
    this.apps = apps;
    this.mine = mine;
    this.decider = decider;
    this.executor = executor;
    this.news = news;
  }

  @Override
  public Session begin(ObjectKey app) {
    return new AppSession(app);
  }

  /** One app; what is remembered between two observations goes with it. */
  private final class AppSession implements Session {

    private final ObjectKey key;
    private final OwedRemediations owed;
    private @Nullable String uid;
    private KeptMemory kept = KeptMemory.NONE;
    // Only while an observation is under way.
    private Memory memory = Memory.NONE;
    private boolean failing;
    private boolean missed;
    // Another process was ahead and no state was seen since, so nothing is the same as before.
    private boolean overtaken;
    // The last change that this session knows to be recorded, and until when others recorded.
    private long sequence;
    private Instant recordedUntil = Instant.MIN;

    AppSession(ObjectKey key) {
      this.key = key;
      this.owed = new OwedRemediations(key, executor);
    }

    @Override
    public Step observed(Seen seen, Instant at) {
      TargetApp app = current();
      if (app == null) {
        return notNow();
      }
      if (seen instanceof Seen.Nothing) {
        owed.retryAll();
      } else {
        owed.seen(app);
      }
      meet(app);
      try {
        memory = kept.open();
        Step step = judged(app, seen, at);
        return owed.afterFull(step, apps.living(key));
      } finally {
        memory = Memory.NONE;
      }
    }

    private Step judged(TargetApp app, Seen seen, Instant at) {
      if (!(seen instanceof Seen.Nothing) && at.isBefore(recordedUntil)) {
        return Step.OUTDATED;
      }
      if (overtaken && seen instanceof Seen.Same) {
        return Step.OUTDATED;
      }
      overtaken = overtaken && !(seen instanceof Seen.State);
      Decision<MonitorIntent> decision = decider.decide(new AppSnapshot(app, memory, seen), at);
      if (decision.intents().isEmpty()) {
        owed.settled();
        executor.announce(app, decision.events());
        return Step.DONE;
      }
      return done(app, decision, at);
    }

    // Where another process was ahead, what was seen before that is older than what is recorded,
    // and what is remembered is not the state before.
    private void meet(TargetApp app) {
      TargetAppStatus recorded = app.statusOrEmpty();
      if (!Objects.equals(uid, app.getMetadata().getUid())) {
        uid = app.getMetadata().getUid();
        kept = KeptMemory.NONE;
        overtaken = false;
        sequence = recorded.sequenceOrZero();
      }
      if (recorded.sequenceOrZero() > sequence) {
        sequence = recorded.sequenceOrZero();
        // What the triggers saw last is what the other one saw, and not what this one remembers.
        kept = KeptMemory.NONE;
        overtaken = true;
        OffsetDateTime polled = recorded.lastPolled();
        if (polled != null && polled.toInstant().isAfter(recordedUntil)) {
          recordedUntil = polled.toInstant();
        }
      }
    }

    private @Nullable TargetApp current() {
      return mine.test(key) ? apps.living(key) : null;
    }

    // Whether it is another's for good is seen elsewhere, and ends this session.
    private Step notNow() {
      return apps.living(key) == null ? Step.DONE : new Step.Again(WHILE_NOT_OURS);
    }

    private Step done(TargetApp app, Decision<MonitorIntent> decision, Instant at) {
      List<AppNews.Happened> happened = new ArrayList<>();
      tell(() -> news.begins(key));
      try {
        owed.begin(decision);
        for (MonitorIntent intent : decision.intents()) {
          TargetApp current = current();
          if (current == null) {
            return notNow();
          }
          if (intent instanceof MonitorIntent.Create create) {
            owed.create(create, current, at);
            continue;
          }
          if (owed.isPassing()) {
            return owed.step();
          }
          Seen.Uncreated uncreated = owed.uncreated();
          ApiFailure failure =
              uncreated == null
                  ? write(intent, current, at, happened)
                  : writeUncreated(uncreated, current, at, happened);
          if (failure != null) {
            return failed(failure);
          }
        }
        failing = false;
        missed = false;
        executor.announce(app, decision.events());
        return owed.step();
      } finally {
        // Only now: whoever wants to know must not stand between an edge and its Remediation.
        tell(() -> news.ended(key, happened));
      }
    }

    private @Nullable ApiFailure write(
        MonitorIntent intent, TargetApp current, Instant at, List<AppNews.Happened> happened) {
      return switch (executor.execute(current, intent, at)) {
        case Answer.Ok<TargetApp>(TargetApp after) -> {
          remember(intent, current, after, at, happened);
          yield null;
        }
        case Answer.Failed<TargetApp>(ApiFailure failure) -> failure;
      };
    }

    // In the place of the write that would cross all of them out.
    private @Nullable ApiFailure writeUncreated(
        Seen.Uncreated uncreated, TargetApp current, Instant at, List<AppNews.Happened> happened) {
      for (MonitorIntent instead :
          decider.decide(new AppSnapshot(current, memory, uncreated), at).intents()) {
        ApiFailure failure = write(instead, current, at, happened);
        if (failure != null) {
          return failure;
        }
      }
      return null;
    }

    private void remember(
        MonitorIntent intent,
        TargetApp before,
        TargetApp after,
        Instant at,
        List<AppNews.Happened> happened) {
      Memory now =
          switch (intent) {
            case MonitorIntent.Record record -> record.memory();
            case MonitorIntent.Note note -> note.memory();
            case MonitorIntent.Create _ -> null;
          };
      if (now != null) {
        happened.add(new AppNews.Happened(before, after, memory, now, at));
        memory = now;
        kept = KeptMemory.of(now);
        sequence = Math.max(sequence, after.statusOrEmpty().sequenceOrZero());
      }
    }

    private Step failed(ApiFailure failure) {
      return switch (failure) {
        case ApiFailure.Conflict _ -> {
          apps.forgetOwn(key);
          yield new Step.Again(AFTER_CONFLICT);
        }
        case ApiFailure.NotFound _ -> {
          apps.forgetOwn(key);
          yield missing();
        }
        case ApiFailure.Throttled(Duration retryAfter, _) -> new Step.Again(retryAfter);
        case ApiFailure.AlreadyExists _,
            ApiFailure.Expired _,
            ApiFailure.Forbidden _,
            ApiFailure.QuotaExceeded _,
            ApiFailure.NamespaceTerminating _,
            ApiFailure.Invalid _,
            ApiFailure.Transient _ ->
            kept(failure);
      };
    }

    // Somebody has deleted it, which the watch tells in a moment; or there is no status to write.
    private Step missing() {
      if (missed && definitionTold.compareAndSet(false, true)) {
        log.atWarn()
            .addKeyValue("key", key)
            .log(
                "The definition of TargetApps has no status, as the original's had none, so nothing"
                    + " is recorded and nothing is done: apply charts/crds/targetapps.yaml");
      }
      missed = true;
      return new Step.Again(Duration.ZERO);
    }

    // Told once, however often it is tried.
    private Step kept(ApiFailure failure) {
      if (!failing) {
        failing = true;
        log.atWarn()
            .addKeyValue("key", key)
            .addKeyValue("error", failure.message())
            .log("What was seen cannot be written yet and is kept");
      }
      return new Step.Again(Duration.ZERO);
    }
  }

  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException bug) {
      log.atError().setCause(bug).log("A change could not be told");
    }
  }
}
