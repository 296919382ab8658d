// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Snapshot;
import io.heal8s.core.runtime.Announcer;
import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.core.runtime.LoopSettings;
import io.heal8s.core.runtime.ManualExecutor;
import io.heal8s.core.runtime.ManualScheduler;
import io.heal8s.core.runtime.Observation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LoopLifecycleTest {

  record Seen(String key) implements Snapshot {}

  record None() implements Intent {}

  private final ManualScheduler time = new ManualScheduler();
  private final ManualExecutor executor = new ManualExecutor();
  private final LoopEnvironment environment =
      new LoopEnvironment(
          time.clock(), time, executor, new Random(1), () -> "r", new SimpleMeterRegistry());
  private final AtomicBoolean may = new AtomicBoolean();
  private final List<String> begun = new ArrayList<>();

  private void pass(Duration duration) {
    for (long ms = 0; ms <= duration.toMillis(); ms += 100) {
      executor.runAll();
      time.advance(Duration.ofMillis(100));
    }
  }

  private LoopLifecycle lifecycle(LoopStart... starts) {
    LoopLifecycle lifecycle = new LoopLifecycle(List.of(starts), environment);
    lifecycle.start();
    return lifecycle;
  }

  @Test
  void eachBeginsOnceWhenItMay() {
    lifecycle(
        new LoopStart("later", may::get, () -> begun.add("later")),
        new LoopStart("now", () -> true, () -> begun.add("now")));
    pass(Duration.ofSeconds(3));
    assertThat(begun).as("because one does not wait for another").containsExactly("now");

    may.set(true);
    pass(Duration.ofSeconds(3));
    assertThat(begun).containsExactly("now", "later");
  }

  @Test
  void aQuestionThatFailsIsAskedAgain() {
    lifecycle(
        new LoopStart(
            "fragile",
            () -> {
              if (!may.get()) {
                throw new IllegalStateException("the server is away");
              }
              return true;
            },
            () -> begun.add("fragile")));
    pass(Duration.ofSeconds(1));
    may.set(true);
    pass(Duration.ofSeconds(1));

    assertThat(begun).containsExactly("fragile");
  }

  @Test
  void nothingBeginsAfterTheEnd() {
    LoopLifecycle lifecycle = lifecycle(new LoopStart("late", may::get, () -> begun.add("late")));
    pass(Duration.ofSeconds(1));
    lifecycle.stop();
    may.set(true);
    pass(Duration.ofSeconds(1));

    assertThat(begun).isEmpty();
  }

  @Test
  void everyLoopOfTheProcessIsStopped() {
    ControllerLoop<String, Seen, None> one = loop("one");
    ControllerLoop<String, Seen, None> other = loop("other");
    LoopLifecycle lifecycle = lifecycle(new LoopStart("one", () -> true, one::start));
    pass(Duration.ofSeconds(1));
    assertThat(one.isRunning()).isTrue();

    lifecycle.stop();
    assertThat(one.isRunning()).isFalse();
    other.start();
    other.add("a");
    assertThat(other.depth()).as("because one that never ran takes no keys either").isZero();
  }

  private ControllerLoop<String, Seen, None> loop(String name) {
    return new ControllerLoop<>(
        LoopSettings.of(name, 1),
        environment,
        (key, run) -> new Observation.Seen<>(new Seen(key)),
        (seen, now) -> Decision.nothing(Outcome.DONE),
        (intent, run) -> Outcome.DONE,
        Announcer.silent());
  }
}
