// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.intent.AppSnapshot;
import io.heal8s.graphql.intent.Memory;
import io.heal8s.graphql.intent.MonitorIntent;
import io.heal8s.graphql.intent.Seen;
import io.heal8s.graphql.poll.AppObserver.Step;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one app is owed: the Remediations that are due, from when they are decided until they are
 * there. Whatever the reason why one is refused, somebody may take it away, so it is asked for
 * until it is there or its action is not due any more. Used by one thread at a time.
 */
final class OwedRemediations {

  private static final Logger log = LoggerFactory.getLogger(OwedRemediations.class);

  private final ObjectKey app;
  private final MonitorExecutor executor;
  private final Creations creations = new Creations();
  // A state was seen while so much was pending that nothing could fire.
  private boolean unfired;

  OwedRemediations(ObjectKey app, MonitorExecutor executor) {
    this.app = app;
    this.executor = executor;
  }

  /** Those that were refused are asked for again. */
  void retryAll() {
    creations.retryAll();
  }

  /** Nothing is owed any more. */
  void settled() {
    creations.nothingPending();
    executor.owing(app, 0);
  }

  /** A decision follows; all that is owed is among its intents. */
  void begin(Decision<MonitorIntent> decision) {
    Set<String> names = new HashSet<>();
    for (MonitorIntent intent : decision.intents()) {
      if (intent instanceof MonitorIntent.Create create) {
        names.add(create.name());
      }
    }
    creations.begin(names);
  }

  /**
   * Creates one of them, unless it was refused and is not to be tried again yet.
   *
   * @param current the app as it is now
   * @param seenAt when the state was seen that led to it
   */
  void create(MonitorIntent.Create create, TargetApp current, Instant seenAt) {
    if (creations.create(create, () -> executor.execute(current, create, seenAt))) {
      executor.refused(app, create, seenAt);
    }
  }

  /** Whether some failed and all of these may pass, so that nobody is to be told yet. */
  boolean isPassing() {
    return creations.isPassing();
  }

  /**
   * What is to be decided on instead of crossing all of them out, null when all are there. The log
   * says it once, until nothing is owed.
   */
  Seen.@Nullable Uncreated uncreated() {
    Map<String, String> failed = creations.failed();
    if (failed.isEmpty()) {
      return null;
    }
    if (creations.isNews()) {
      log.atWarn()
          .addKeyValue("key", app)
          .addKeyValue("error", failed.values().iterator().next())
          .log("What is due cannot be created yet and stays pending");
    }
    return new Seen.Uncreated(failed);
  }

  /** What follows once the decision is done. */
  Step step() {
    if (creations.failed().isEmpty()) {
      settled();
      return Step.DONE;
    }
    executor.owing(app, creations.told());
    return new Step.Owing(creations.pause());
  }

  /** A state of that app was seen. */
  void seen(TargetApp app) {
    unfired = unfired || isFull(app);
  }

  /**
   * There is room again: what was due fires when the state is seen anew, though it is the same.
   *
   * @param step what would follow otherwise
   * @param now the app as it is now
   */
  Step afterFull(Step step, @Nullable TargetApp now) {
    if (!unfired || step instanceof Step.Again || now == null || isFull(now)) {
      return step;
    }
    unfired = false;
    return Step.OUTDATED;
  }

  private static boolean isFull(TargetApp app) {
    return new AppSnapshot(app, Memory.NONE, Seen.NOTHING).isFull();
  }
}
