// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.decide.Decider;
import io.heal8s.core.decide.Decision;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows from an observation and does it, intent by intent. Of one app one thread at
 * a time; what is remembered between two observations is one entry for each app.
 */
public final class AppScribe implements AppObserver {

  private static final Logger log = LoggerFactory.getLogger(AppScribe.class);
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(50);

  private final CurrentApps apps;
  private final Predicate<ObjectKey> mine;
  private final Decider<AppSnapshot, MonitorIntent> decider;
  private final MonitorExecutor executor;
  private final AppNews news;
  private final Map<ObjectKey, Memory> memories = new ConcurrentHashMap<>();

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
  public Step observed(ObjectKey key, Seen seen, Instant at) {
    TargetApp app = apps.get(key);
    if (app == null || !mine.test(key)) {
      // Whoever polls it now sees it again.
      return Step.DONE;
    }
    if (seen instanceof Seen.Nothing) {
      ApiFailure failure = executor.adopt(app);
      if (failure != null) {
        return failed(key, failure);
      }
      app = apps.get(key);
      if (app == null) {
        return Step.DONE;
      }
    }
    Memory memory = memories.getOrDefault(key, Memory.NONE);
    Decision<MonitorIntent> decision = decider.decide(new AppSnapshot(app, memory, seen), at);
    List<Runnable> told = new ArrayList<>();
    try {
      return done(key, app, decision, at, told);
    } finally {
      // Only now: whoever wants to know must not stand between an edge and its Remediation.
      told.forEach(AppScribe::tell);
    }
  }

  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException bug) {
      log.atError().setCause(bug).log("A change could not be told");
    }
  }

  private Step done(
      ObjectKey key,
      TargetApp app,
      Decision<MonitorIntent> decision,
      Instant at,
      List<Runnable> told) {
    for (MonitorIntent intent : decision.intents()) {
      TargetApp current = apps.get(key);
      if (current == null || !mine.test(key)) {
        return Step.DONE;
      }
      ApiFailure failure = execute(current, intent, at, told);
      if (failure != null) {
        return failed(key, failure);
      }
    }
    executor.announce(app, decision.events());
    return Step.DONE;
  }

  private @Nullable ApiFailure execute(
      TargetApp app, MonitorIntent intent, Instant at, List<Runnable> told) {
    ApiFailure failure = executor.execute(app, intent, at);
    if (failure == null) {
      switch (intent) {
        case MonitorIntent.Record(TargetAppStatus status, Memory now, _) ->
            told.add(remembered(app, status, now, at));
        case MonitorIntent.Note(Memory now, _) ->
            told.add(remembered(app, app.statusOrEmpty(), now, at));
        case MonitorIntent.Create _ -> {}
      }
    }
    return failure;
  }

  private Runnable remembered(TargetApp app, TargetAppStatus status, Memory now, Instant at) {
    Memory before = memories.put(ObjectKey.of(app.getMetadata()), now);
    Memory was = before == null ? Memory.NONE : before;
    return () -> news.happened(app, status, was, now, at);
  }

  private Step failed(ObjectKey key, ApiFailure failure) {
    return switch (failure) {
      case ApiFailure.Conflict _ -> {
        apps.forgetOwn(key);
        yield new Step.Again(AFTER_CONFLICT);
      }
      case ApiFailure.NotFound _ -> {
        apps.forgetOwn(key);
        yield new Step.Again(Duration.ZERO);
      }
      case ApiFailure.Throttled(Duration retryAfter, _) -> new Step.Again(retryAfter);
      case ApiFailure.AlreadyExists _,
          ApiFailure.Expired _,
          ApiFailure.Forbidden _,
          ApiFailure.QuotaExceeded _,
          ApiFailure.NamespaceTerminating _,
          ApiFailure.Invalid _,
          ApiFailure.Transient _ -> {
        log.atWarn()
            .addKeyValue("key", key)
            .addKeyValue("error", failure.message())
            .log("What was seen cannot be written yet and is kept");
        yield new Step.Again(Duration.ZERO);
      }
    };
  }

  @Override
  public void forget(ObjectKey app) {
    memories.remove(app);
    apps.forgetOwn(app);
  }
}
