// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.decide.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a run still does after one of its effects failed. */
class ReconcilerTest {

  enum Why implements Reason {
    Test
  }

  record Seen() implements Snapshot {}

  record Step(String name, Outcome outcome, boolean standsAlone) implements Intent {}

  private static final RunContext RUN =
      new RunContext("run", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
  private static final Outcome SOON = Outcome.waiting(Duration.ofSeconds(1), Why.Test);
  private static final Outcome RETRY = new Outcome.Retry(Why.Test, new IllegalStateException());

  private final List<String> done = new ArrayList<>();

  private Reconciler.Ending run(Step... steps) {
    return new Reconciler<String, Seen, Step>(
            (key, run) -> new Observation.Seen<>(new Seen()),
            (seen, now) -> new Decision<>(Stream.of(steps).toList(), Outcome.DONE, List.of()),
            (step, run) -> {
              done.add(step.name());
              return step.outcome();
            },
            (seen, announcement) -> {})
        .reconcile("key", RUN);
  }

  private static Step write(String name, Outcome outcome) {
    return new Step(name, outcome, false);
  }

  private static Step alone(String name, Outcome outcome) {
    return new Step(name, outcome, true);
  }

  @Test
  void aFailedOneStopsThoseAfterIt() {
    Reconciler.Ending ending = run(write("a", RETRY), write("b", Outcome.DONE));

    assertThat(done).containsExactly("a");
    assertThat(ending).isEqualTo(new Reconciler.Ending.Ended(RETRY));
  }

  @Test
  void whatStandsAloneIsDoneAllTheSameAndTheWorstCounts() {
    Reconciler.Ending ending =
        run(write("a", RETRY), write("b", Outcome.DONE), alone("c", SOON), alone("d", SOON));

    assertThat(done).containsExactly("a", "c", "d");
    assertThat(ending).isEqualTo(new Reconciler.Ending.Ended(RETRY));
  }
}
