// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.JsonPatch;
import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.app.TargetApps;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over objects of the original: its framework's finalizer would keep an object from being
 * deleted for ever, and its note of the last handled configuration says nothing any more. Old
 * manifests bring both back at any time, so they are taken off whenever they are seen, also of an
 * object that is being deleted already and is not polled any more. Where the original runs again it
 * puts them back at once: a living object rests after each takeover, longer each time.
 */
public final class Adoption {

  /** The finalizer that the original's framework puts on every object. */
  static final String FINALIZER = "kopf.zalando.org/KopfFinalizerMarker";

  private static final String ANNOTATION = "kopf.zalando.org/last-handled-configuration";
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int LARGEST_SHIFT = 6;
  private static final int TOLD_AFTER = 3;

  /** At one time: after an update every object has the finalizer, and states are to be written. */
  private static final int CONCURRENT_CALLS = 16;

  private static final Logger log = LoggerFactory.getLogger(Adoption.class);

  private final JsonPatcher patcher;
  private final CurrentApps apps;
  private final Predicate<ObjectKey> mine;
  private final Scheduler scheduler;
  private final Executor executor;
  private final Semaphore places = new Semaphore(CONCURRENT_CALLS, true);
  // Each is being tried, or waits for its next try.
  private final Set<ObjectKey> owed = ConcurrentHashMap.newKeySet();
  private final Map<ObjectKey, Taken> taken = new ConcurrentHashMap<>();

  /**
   * How often a living object was taken over of late.
   *
   * @param resting whether it is too early for the next time
   */
  private record Taken(int times, boolean resting) {}

  /**
   * @param mine whether this process is to act for that app now
   * @param executor runs the tries, which block
   */
  public Adoption(
      JsonPatcher patcher,
      CurrentApps apps,
      Predicate<ObjectKey> mine,
      Scheduler scheduler,
      Executor executor) {
    this.patcher = patcher;
    this.apps = apps;
    this.mine = mine;
    this.scheduler = scheduler;
    this.executor = executor;
  }

  /** An object is there as the watch shows it. Does not block. */
  public void seen(TargetApp app) {
    if (!isNeeded(app)) {
      return;
    }
    ObjectKey key = ObjectKey.of(app.getMetadata());
    // The end of the rest looks again. Nobody can put a finalizer on what is being deleted.
    if (!isResting(key) || TargetApps.isEnding(app)) {
      if (owed.add(key)) {
        executor.execute(() -> attempt(key, 0));
      }
    }
  }

  private boolean isResting(ObjectKey key) {
    Taken last = taken.get(key);
    return last != null && last.resting();
  }

  private void attempt(ObjectKey key, int failures) {
    boolean done = false;
    try {
      done = isDone(key, failures);
    } catch (RuntimeException bug) {
      log.atError().addKeyValue("key", key).setCause(bug).log("A takeover failed unexpectedly");
    }
    if (!done) {
      scheduler.after(pause(failures), () -> executor.execute(() -> attempt(key, failures + 1)));
      return;
    }
    owed.remove(key);
    // It may have come back between the two.
    TargetApp now = apps.get(key);
    if (now != null) {
      seen(now);
    }
  }

  private static Duration pause(int before) {
    Duration pause = AGAIN.multipliedBy(1L << Math.min(before, LARGEST_SHIFT));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  private void rest(ObjectKey key) {
    Taken before = taken.get(key);
    Taken now = new Taken(before == null ? 1 : before.times() + 1, true);
    taken.put(key, now);
    scheduler.after(pause(now.times() - 1), () -> rested(key, now));
  }

  private void rested(ObjectKey key, Taken last) {
    Taken ready = new Taken(last.times(), false);
    if (!taken.replace(key, last, ready)) {
      return;
    }
    // Whoever puts it back more slowly than at once does not start at the shortest pause each time.
    scheduler.after(LONGEST, () -> taken.remove(key, ready));
    TargetApp now = apps.get(key);
    if (now != null) {
      seen(now);
    }
  }

  private boolean isDone(ObjectKey key, int failures) {
    TargetApp app = apps.get(key);
    if (app == null || !isNeeded(app)) {
      return true;
    }
    // Another one does it, or this one may again in a moment: the watch shows when it is done.
    if (!mine.test(key)) {
      return false;
    }
    ApiFailure failure = release(key, app);
    if (failure != null && failures + 1 == TOLD_AFTER) {
      log.atWarn()
          .addKeyValue("key", key)
          .addKeyValue("error", failure.message())
          .log("What the original left on the object cannot be taken off yet");
    }
    return failure == null;
  }

  private static boolean isNeeded(TargetApp app) {
    List<String> finalizers = app.getMetadata().getFinalizers();
    return finalizers != null && finalizers.contains(FINALIZER);
  }

  private @Nullable ApiFailure release(ObjectKey key, TargetApp app) {
    V1ObjectMeta metadata = app.getMetadata();
    List<String> finalizers = metadata.getFinalizers();
    int at = finalizers == null ? -1 : finalizers.indexOf(FINALIZER);
    String pointer = JsonPatch.pointer("metadata", "finalizers", at);
    JsonPatch patch = JsonPatch.EMPTY.test(pointer, FINALIZER).remove(pointer);
    Map<String, String> annotations = metadata.getAnnotations();
    if (annotations != null && annotations.containsKey(ANNOTATION)) {
      patch = patch.remove(JsonPatch.pointer("metadata", "annotations", ANNOTATION));
    }
    return switch (send(key, Precondition.unchanged(metadata), patch)) {
      case Answer.Ok<TargetApp>(TargetApp released) -> {
        apps.wrote(released);
        if (TargetApps.isEnding(app)) {
          taken.remove(key);
        } else {
          rest(key);
        }
        log.atInfo().addKeyValue("key", key).log("Taken over from the original");
        yield null;
      }
      case Answer.Failed<TargetApp>(ApiFailure failure) -> failure;
    };
  }

  private Answer<TargetApp> send(ObjectKey key, Precondition unchanged, JsonPatch patch) {
    places.acquireUninterruptibly();
    try {
      return patcher.patch(ServedKinds.TARGET_APPS, key, unchanged, patch);
    } finally {
      places.release();
    }
  }
}
