// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.decide.Snapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ControllerLoopTest {

  enum Why implements Reason {
    Test
  }

  record Seen(String key) implements Snapshot {}

  record Touch(String name) implements Intent {}

  private final ManualScheduler time = new ManualScheduler();
  private final ManualExecutor executor = new ManualExecutor();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger ids = new AtomicInteger();
  private final LoopEnvironment environment =
      new LoopEnvironment(
          time.clock(),
          time,
          executor,
          BackoffTest.always(0.5),
          () -> "run-" + ids.incrementAndGet(),
          meters);

  // The world: what each key's run finds and does.
  private final Map<String, Observation<Seen>> world = new HashMap<>();
  private Function<Seen, Decision<Touch>> decide = seen -> Decision.nothing(Outcome.DONE);
  private final Map<String, Outcome> effects = new HashMap<>();
  private final List<String> ran = new ArrayList<>();
  private final List<String> touched = new ArrayList<>();
  private final List<String> announced = new ArrayList<>();

  private final ControllerLoop<String, Seen, Touch> loop =
      loop(LoopSettings.of("test", 2).withInterval(null));

  private ControllerLoop<String, Seen, Touch> loop(LoopSettings settings) {
    return new ControllerLoop<>(
        settings,
        environment,
        this::observe,
        (seen, now) -> decide.apply(seen),
        this::touch,
        (seen, announcement) -> announced.add(seen.key() + ":" + announcement.reason()));
  }

  private Observation<Seen> observe(String key, RunContext run) {
    ran.add(key);
    return world.getOrDefault(key, new Observation.Seen<>(new Seen(key)));
  }

  private Outcome touch(Touch intent, RunContext run) {
    touched.add(intent.name());
    return effects.getOrDefault(intent.name(), Outcome.DONE);
  }

  @Test
  void keysWaitUntilTheLoopIsStarted() {
    loop.add("a");
    executor.runAll();
    assertThat(ran).as("because a standby is warm but does nothing").isEmpty();

    loop.start();
    executor.runAll();
    assertThat(ran).containsExactly("a");
  }

  @Test
  void runsAtMostAsManyKeysAtOnceAsItHasWorkers() {
    loop.start();
    executor.runAll();
    List.of("a", "b", "c", "d").forEach(loop::add);

    assertThat(executor.waiting()).isEqualTo(2);
    executor.runNext();
    assertThat(executor.waiting()).as("because one run ended and made place").isEqualTo(2);
    executor.runAll();
    assertThat(ran).containsExactly("a", "b", "c", "d");
  }

  @Test
  void keyThatChangesDuringItsRunRunsOnceMoreAfterIt() {
    loop.start();
    executor.runAll();
    decide =
        seen -> {
          if (ran.size() == 1) {
            loop.add("a");
            loop.add("a");
            assertThat(executor.waiting()).as("because a key never runs twice at once").isZero();
          }
          return Decision.nothing(Outcome.DONE);
        };
    loop.add("a");
    executor.runAll();

    assertThat(ran).containsExactly("a", "a");
  }

  @Test
  void intentsRunInOrderAndThenPeopleAreTold() {
    decide =
        seen ->
            new Decision<>(
                List.of(new Touch("one"), new Touch("two")),
                Outcome.DONE,
                List.of(Announcement.normal("Healed", "it is well")));
    runOnce("a");

    assertThat(touched).containsExactly("one", "two");
    assertThat(announced).containsExactly("a:Healed");
  }

  @Test
  void intentThatIsNotDoneStopsTheRest() {
    effects.put("one", Outcome.waiting(Duration.ofSeconds(4), Why.Test));
    decide =
        seen ->
            new Decision<>(
                List.of(new Touch("one"), new Touch("two")),
                Outcome.DONE,
                List.of(Announcement.normal("Healed", "it is well")));
    runOnce("a");

    assertThat(touched).as("because the second builds on the first").containsExactly("one");
    assertThat(announced).as("because it is not true yet").isEmpty();
    assertThat(comesBackAfter()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void waitingComesBackAfterItsTime() {
    decide = seen -> Decision.nothing(Outcome.waiting(Duration.ofSeconds(7), Why.Test));
    runOnce("a");

    assertThat(comesBackAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(results("requeue_after")).isEqualTo(2);
  }

  @Test
  void stalledComesBackOnlyWhenItsInputChanges() {
    decide = seen -> Decision.nothing(Outcome.stalled(Why.Test, "change it"));
    runOnce("a");
    time.advance(Duration.ofDays(2));
    executor.runAll();
    assertThat(ran).containsExactly("a");

    loop.add("a");
    executor.runAll();
    assertThat(ran).containsExactly("a", "a");
  }

  @Test
  void stalledComesBackAtItsDeadline() {
    decide =
        seen ->
            Decision.nothing(
                new Outcome.Stalled(Why.Test, "change it", time.clock().instant().plusSeconds(90)));
    runOnce("a");

    assertThat(comesBackAfter()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void cacheThatIsBehindOurOwnWriteIsLookedAtAgainSoonAndIsNoFailure() {
    world.put("a", new Observation.Behind<>());
    runOnce("a");
    assertThat(comesBackAfter()).isEqualTo(Duration.ofMillis(100));

    world.remove("a");
    time.advance(Duration.ofMillis(100));
    executor.runAll();
    assertThat(meters.counter("controller.runtime.reconcile.errors", "controller", "test").count())
        .isZero();
    assertThat(results("requeue")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void whatIsGoneIsForgotten() {
    world.put("a", new Observation.Absent<>());
    runOnce("a");
    time.advance(Duration.ofDays(2));
    executor.runAll();

    assertThat(ran).containsExactly("a");
  }

  @Test
  void failuresMakeTheWaitLongerUntilASuccess() {
    decide = seen -> Decision.nothing(new Outcome.Retry(Why.Test, new IllegalStateException()));
    runOnce("a");
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      waits.add(comesBackAfter());
    }
    assertThat(waits)
        .isSorted()
        .startsWith(Duration.ofMillis(1500), Duration.ofMillis(2500))
        .endsWith(Duration.ofMillis(150_500));

    decide = seen -> Decision.nothing(Outcome.waiting(Duration.ofSeconds(3), Why.Test));
    time.advance(Duration.ofMinutes(5));
    executor.runAll();
    decide = seen -> Decision.nothing(new Outcome.Retry(Why.Test, new IllegalStateException()));
    time.advance(Duration.ofSeconds(3));
    executor.runAll();
    assertThat(comesBackAfter())
        .as("because one success forgets all failures")
        .isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void tenThousandFailuresInARowStillComeBackAtTheLongestPauses() {
    decide = seen -> Decision.nothing(new Outcome.Retry(Why.Test, new IllegalStateException()));
    runOnce("a");
    for (int i = 0; i < 10_000; i++) {
      time.advance(Duration.ofMinutes(5));
      executor.runAll();
    }
    int before = ran.size();
    time.advance(Duration.ofSeconds(1));
    executor.runAll();
    assertThat(ran).as("because the pause never wraps back to the first").hasSize(before);
    assertThat(before).isGreaterThan(10_000);
  }

  @Test
  void readThatFailsIsTriedAgainWithPauses() {
    world.put("a", new Observation.Unreadable<>(Why.Test, new IllegalStateException("503")));
    runOnce("a");

    assertThat(comesBackAfter()).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void panicInOneKeyHurtsNoOtherKeyAndIsTriedAgain() {
    decide =
        seen -> {
          if (seen.key().equals("bad")) {
            throw new StackOverflowError("a bug");
          }
          return Decision.nothing(Outcome.DONE);
        };
    loop.start();
    executor.runAll();
    for (int i = 0; i < 10; i++) {
      loop.add("bad");
      loop.add("good" + i);
      executor.runAll();
    }

    assertThat(ran).contains("good0", "good9");
    assertThat(meters.counter("controller.runtime.reconcile.panics", "controller", "test").count())
        .isEqualTo(10);
    assertThat(meters.get("controller.runtime.active.workers").gauge().value())
        .as("because every place was given back")
        .isZero();
    time.advance(Duration.ofMinutes(5));
    executor.runAll();
    assertThat(ran).endsWith("bad");
  }

  @Test
  void panicsInEveryPhaseGiveTheKeyBack() {
    List<Runnable> bugs =
        List.of(
            () -> world.put("a", nullObservation()),
            () -> decide = seen -> nullDecision(),
            () ->
                decide =
                    seen ->
                        Decision.of(new Touch("x"), new Outcome.Waiting(nullDuration(), Why.Test)),
            () -> {
              effects.put("x", nullOutcome());
              decide = seen -> Decision.of(new Touch("x"), Outcome.DONE);
            });
    loop.start();
    executor.runAll();
    for (Runnable bug : bugs) {
      world.clear();
      bug.run();
      loop.add("a");
      executor.runAll();
      int before = ran.size();
      loop.add("a");
      executor.runAll();
      assertThat(ran).as("because the key was given back").hasSize(before + 1);
    }
    assertThat(meters.counter("controller.runtime.reconcile.panics", "controller", "test").count())
        .isGreaterThanOrEqualTo(6);
  }

  @Test
  void executorThatRefusesARunLosesNoKey() {
    AtomicInteger refusals = new AtomicInteger(1);
    LoopEnvironment refusing =
        new LoopEnvironment(
            time.clock(),
            time,
            task -> {
              if (refusals.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              executor.execute(task);
            },
            BackoffTest.always(0.5),
            () -> "run",
            meters);
    ControllerLoop<String, Seen, Touch> poor =
        new ControllerLoop<>(
            LoopSettings.of("poor", 1).withInterval(null),
            refusing,
            this::observe,
            (seen, now) -> decide.apply(seen),
            this::touch,
            Announcer.silent());
    poor.add("a");
    poor.start();
    executor.runAll();
    time.advance(Duration.ofSeconds(1));
    executor.runAll();

    assertThat(ran).containsExactly("a");
  }

  @Test
  void doneComesBackAtTheResyncInterval() {
    ControllerLoop<String, Seen, Touch> resync =
        loop(LoopSettings.of("resync", 1).withInterval(Duration.ofHours(1)));
    resync.start();
    resync.add("a");
    executor.runAll();
    time.advance(Duration.ofMinutes(59));
    executor.runAll();
    assertThat(ran).hasSize(1);
    time.advance(Duration.ofMinutes(1));
    executor.runAll();
    assertThat(ran).hasSize(2);
  }

  @Test
  void syntheticKeyShowsThatTheLoopLives() {
    loop.start();
    for (int second = 0; second < 900; second++) {
      time.advance(Duration.ofSeconds(1));
      executor.runAll();
    }
    assertThat(loop.isAlive()).isTrue();

    // From here on no worker answers any more.
    time.advance(Duration.ofMinutes(4));
    assertThat(loop.isAlive()).as("because slow is not dead").isTrue();
    time.advance(Duration.ofMinutes(2));
    assertThat(loop.isAlive()).isFalse();

    executor.runAll();
    assertThat(loop.isAlive()).as("because the workers answer again").isTrue();
  }

  @Test
  void standbyIsAlive() {
    time.advance(Duration.ofHours(1));
    assertThat(loop.isAlive()).isTrue();
    assertThat(loop.isRunning()).isFalse();
  }

  @Test
  void hundredThousandDelayedKeysAllRun() {
    loop.start();
    for (int key = 0; key < 100_000; key++) {
      loop.addAfter("k" + key, Duration.ofMillis(1 + key % 5000));
    }
    for (int second = 0; second < 5; second++) {
      time.advance(Duration.ofSeconds(1));
      executor.runAll();
    }
    assertThat(ran).hasSize(100_000).doesNotHaveDuplicates();
  }

  private void runOnce(String key) {
    loop.start();
    loop.add(key);
    executor.runAll();
    assertThat(ran).containsExactly(key);
  }

  /** Moves time in steps until the key ran again; returns how long that took. */
  private Duration comesBackAfter() {
    int before = ran.size();
    Duration waited = Duration.ZERO;
    while (ran.size() == before && waited.compareTo(Duration.ofHours(1)) < 0) {
      time.advance(Duration.ofMillis(100));
      executor.runAll();
      waited = waited.plusMillis(100);
    }
    return waited;
  }

  private double results(String result) {
    return meters
        .counter("controller.runtime.reconcile", "controller", "test", "result", result)
        .count();
  }

  @SuppressWarnings("NullAway")
  private static Observation<Seen> nullObservation() {
    return null;
  }

  @SuppressWarnings("NullAway")
  private static Decision<Touch> nullDecision() {
    return null;
  }

  @SuppressWarnings("NullAway")
  private static Duration nullDuration() {
    return null;
  }

  @SuppressWarnings("NullAway")
  private static Outcome nullOutcome() {
    return null;
  }
}
