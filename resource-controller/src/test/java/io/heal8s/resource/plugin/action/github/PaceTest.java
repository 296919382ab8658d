// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.action.github.Pace.Kind;
import io.heal8s.resource.plugin.action.github.Pace.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  private Instant now = BEGIN;
  private final Pace pace = new Pace(() -> now, true);

  private boolean called(Kind kind) {
    boolean isSent = pace.begin(kind, "a").isEmpty();
    if (isSent) {
      pace.ended(kind);
    }
    return isSent;
  }

  @Test
  void writesAreASecondApartAndNeverSideBySide() {
    assertThat(pace.begin(Kind.WRITE, "a")).isEmpty();
    now = now.plusSeconds(3);
    assertThat(pace.begin(Kind.WRITE, "a")).as("one is under way").isPresent();
    assertThat(called(Kind.READ)).as("which is nothing to a read").isTrue();
    pace.ended(Kind.WRITE);
    now = now.plusMillis(999);
    assertThat(called(Kind.WRITE)).isFalse();
    now = now.plusMillis(1);
    assertThat(called(Kind.WRITE)).isTrue();
  }

  @Test
  void ofManyThatWaitEachHasItsTurn() {
    called(Kind.WRITE);
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pauses.add(pace.begin(Kind.WRITE, "b" + i).map(Wait::pause).orElseThrow());
    }
    assertThat(pauses)
        .containsExactly(
            Duration.ofMillis(1_000),
            Duration.ofMillis(2_500),
            Duration.ofMillis(4_000),
            Duration.ofMillis(5_500),
            Duration.ofMillis(7_000));
    now = now.plusMillis(1_100);
    assertThat(pace.begin(Kind.WRITE, "new").map(Wait::pause))
        .as("nobody goes before those who wait")
        .contains(Duration.ofMillis(7_400));
    assertThat(pace.begin(Kind.WRITE, "b0")).isEmpty();
    pace.ended(Kind.WRITE);
    assertThat(pace.begin(Kind.WRITE, "b1").map(Wait::pause))
        .as("who comes too early keeps its turn")
        .contains(Duration.ofMillis(1_400));
  }

  @Test
  void anHourHasFiveHundredWritesAndAMinuteNoMoreThanEighty() {
    List<Instant> sent = new ArrayList<>();
    for (int second = 0; second < 7_200; second++) {
      now = BEGIN.plusSeconds(second);
      if (called(Kind.WRITE)) {
        sent.add(now);
      }
    }
    assertThat(sent).hasSize(1_000);
    for (int i = 0; i + 500 < sent.size(); i++) {
      assertThat(sent.get(i + 500)).isAfterOrEqualTo(sent.get(i).plusSeconds(3_600));
    }
    for (int i = 0; i + 80 < sent.size(); i++) {
      assertThat(sent.get(i + 80)).isAfterOrEqualTo(sent.get(i).plusSeconds(60));
    }
  }

  @Test
  void anEndIsAskedForThoughTheHoursWritesAreSpent() {
    for (int second = 0; second < 600; second++) {
      now = BEGIN.plusSeconds(second);
      called(Kind.WRITE);
    }
    assertThat(called(Kind.WRITE)).isFalse();
    assertThat(called(Kind.CANCEL)).isTrue();
    assertThat(pace.begin(Kind.CANCEL, "b").map(Wait::pause))
        .as("one by one all the same")
        .contains(Duration.ofSeconds(1));
  }

  @Test
  void aMinuteHasNineHundredPoints() {
    assertThat(called(Kind.WRITE)).isTrue();
    int reads = 0;
    while (called(Kind.READ)) {
      reads++;
    }
    assertThat(reads).isEqualTo(895);
    assertThat(pace.begin(Kind.READ, "b").map(Wait::message))
        .contains("at most 900 points of calls a minute");
    now = now.plusSeconds(60);
    assertThat(called(Kind.READ)).isTrue();
  }

  @Test
  void aHundredCallsAreUnderWayAtATime() {
    for (int i = 0; i < 100; i++) {
      assertThat(pace.begin(Kind.READ, "b")).isEmpty();
    }
    assertThat(pace.begin(Kind.READ, "b")).isPresent();
    pace.ended(Kind.READ);
    assertThat(pace.begin(Kind.READ, "b")).isEmpty();
  }

  /** A hundred runs that change all the time, each looked at every ten seconds or when told. */
  @Test
  void theHoursCallsLastForAHundredRunsAndADispatchFindsSome() {
    long left = 5_000;
    Instant reset = BEGIN.plusSeconds(3_600);
    Instant[] next = new Instant[100];
    java.util.Arrays.fill(next, BEGIN);
    long longest = 0;
    Instant[] seen = new Instant[100];
    java.util.Arrays.fill(seen, BEGIN);
    for (int second = 0; second < 3_600; second++) {
      now = BEGIN.plusSeconds(second);
      for (int run = 0; run < 100; run++) {
        if (next[run].isAfter(now)) {
          continue;
        }
        Optional<Wait> wait = pace.begin(Kind.LOOK, "run " + run);
        next[run] = now.plus(wait.map(Wait::pause).orElse(Duration.ofSeconds(10)));
        if (wait.isEmpty()) {
          pace.ended(Kind.LOOK);
          left--;
          pace.left(left, 5_000, reset);
          longest = Math.max(longest, Duration.between(seen[run], now).toSeconds());
          seen[run] = now;
        }
      }
    }
    assertThat(left).isBetween(400L, 1_000L);
    assertThat(longest).as("seconds that a run was not looked at").isLessThan(240);
    assertThat(called(Kind.WRITE)).isTrue();
    now = reset;
    assertThat(called(Kind.LOOK)).as("the next hour is a new one").isTrue();
    assertThat(called(Kind.LOOK)).isTrue();
  }

  /** A thousand resources of one workflow, of which each is planned, read for, and dispatched. */
  @Test
  void whoWaitsAtTheHoursLimitDoesNotComeBackInHerds() {
    record Visit(Instant at, int resource) {}
    PriorityQueue<Visit> visits =
        new PriorityQueue<>(Comparator.comparing(Visit::at).thenComparing(Visit::resource));
    for (int resource = 0; resource < 1_000; resource++) {
      visits.add(new Visit(BEGIN, resource));
    }
    List<Instant> sent = new ArrayList<>();
    int cycles = 0;
    while (!visits.isEmpty() && cycles < 20_000) {
      Visit visit = visits.remove();
      now = now.isAfter(visit.at()) ? now : visit.at();
      cycles++;
      Optional<Wait> wait = dispatched("resource " + visit.resource());
      if (wait.isEmpty()) {
        sent.add(now);
        // A write takes its time, and a claim begins a little late.
        now = now.plusMillis(20);
      } else {
        visits.add(new Visit(now.plus(wait.get().pause()).plusMillis(30), visit.resource()));
      }
    }
    assertThat(sent).hasSize(1_000);
    Instant second = BEGIN.plus(Duration.ofHours(1));
    assertThat(sent)
        .filteredOn(
            at -> at.isAfter(second.plusSeconds(60)) && at.isBefore(second.plusSeconds(180)))
        .as("in two minutes, once those of the first hour are an hour old")
        .hasSizeBetween(70, 90);
    assertThat(cycles).as("claims").isLessThan(3_500);
  }

  private Optional<Wait> dispatched(String who) {
    Optional<Wait> wait =
        pace.begin(Kind.READ, who)
            .or(
                () -> {
                  pace.ended(Kind.READ);
                  return pace.obstacle(Kind.WRITE, who);
                })
            .or(() -> pace.begin(Kind.READ, who))
            .or(
                () -> {
                  pace.ended(Kind.READ);
                  return pace.begin(Kind.WRITE, who);
                });
    if (wait.isEmpty()) {
      pace.ended(Kind.WRITE);
    }
    return wait;
  }

  @Test
  void aTurnThatPassedInVainIsBehindThoseWhoWait() {
    called(Kind.WRITE);
    for (int i = 0; i < 3; i++) {
      pace.begin(Kind.WRITE, "b" + i);
    }
    now = now.plusSeconds(3);
    called(Kind.CANCEL);
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      pauses.add(pace.begin(Kind.WRITE, "b" + i).map(Wait::pause).orElseThrow());
    }
    assertThat(pauses).containsExactly(Duration.ofMillis(2_500), Duration.ofMillis(4_000));
  }

  @Test
  void whatOvertookAnotherDoesNotMakeMoreOfWhatIsLeft() {
    Instant reset = BEGIN.plusSeconds(1_000);
    pace.left(510, 5_000, reset);
    pace.left(4_000, 5_000, reset);
    called(Kind.LOOK);
    assertThat(pace.begin(Kind.LOOK, "b").map(Wait::pause)).contains(Duration.ofSeconds(100));
  }

  @Test
  void aServerWithoutLimitsIsStillHeeded() {
    Pace own = new Pace(() -> now, false);
    assertThat(own.begin(Kind.WRITE, "b")).isEmpty();
    assertThat(own.begin(Kind.WRITE, "b")).isEmpty();
    own.quiet(Duration.ofSeconds(5));
    assertThat(own.begin(Kind.READ, "b").map(Wait::pause)).contains(Duration.ofSeconds(5));
  }
}
