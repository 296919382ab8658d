// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.kco.targetapp.TargetApp;
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
    private @Nullable String uid;
    private Memory memory = Memory.NONE;
    private boolean failing;
    private boolean missed;

    AppSession(ObjectKey key) {
      this.key = key;
    }

    @Override
    public Step observed(Seen seen, Instant at) {
      TargetApp app = current();
      if (app == null) {
        // Whoever polls it now sees it again.
        return Step.DONE;
      }
      if (seen instanceof Seen.Nothing) {
        ApiFailure failure = executor.adopt(app);
        if (failure != null) {
          return failed(failure, false);
        }
        app = apps.get(key);
        if (app == null) {
          return Step.DONE;
        }
      }
      if (!Objects.equals(uid, app.getMetadata().getUid())) {
        uid = app.getMetadata().getUid();
        memory = Memory.NONE;
      }
      Decision<MonitorIntent> decision = decider.decide(new AppSnapshot(app, memory, seen), at);
      return decision.intents().isEmpty() ? announced(app, decision) : done(app, decision, at);
    }

    private @Nullable TargetApp current() {
      return mine.test(key) ? apps.get(key) : null;
    }

    private Step announced(TargetApp app, Decision<MonitorIntent> decision) {
      executor.announce(app, decision.events());
      return Step.DONE;
    }

    private Step done(TargetApp app, Decision<MonitorIntent> decision, Instant at) {
      List<AppNews.Happened> happened = new ArrayList<>();
      tell(() -> news.begins(key));
      try {
        for (MonitorIntent intent : decision.intents()) {
          TargetApp current = current();
          if (current == null) {
            return Step.DONE;
          }
          switch (executor.execute(current, intent, at)) {
            case Answer.Ok<TargetApp>(TargetApp after) ->
                remember(intent, current, after, at, happened);
            case Answer.Failed<TargetApp>(ApiFailure failure) -> {
              return failed(failure, intent instanceof MonitorIntent.Create);
            }
          }
        }
        failing = false;
        missed = false;
        return announced(app, decision);
      } finally {
        // Only now: whoever wants to know must not stand between an edge and its Remediation.
        tell(() -> news.ended(key, happened));
      }
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
      }
    }

    private Step failed(ApiFailure failure, boolean creating) {
      return switch (failure) {
        case ApiFailure.Conflict _ -> {
          apps.forgetOwn(key);
          yield new Step.Again(AFTER_CONFLICT);
        }
        case ApiFailure.NotFound _ -> {
          apps.forgetOwn(key);
          yield creating ? kept(failure) : missing();
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
