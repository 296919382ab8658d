// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.app.TargetApps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the original left on an object is taken off whenever it is seen. */
class AdoptionTest {

  private static final String THEIRS = "example.com/mine";

  /** After that a takeover is forgotten. */
  private static final Duration QUIET = Duration.ofSeconds(61);

  /** Nothing passes by itself: the test lets time pass. */
  private static final class Hands implements Scheduler {
    private record Waiting(Duration at, Runnable task) {}

    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public long nanos() {
      return now.toNanos();
    }

    @Override
    public Wakeup after(Duration delay, Runnable task) {
      Waiting entry = new Waiting(now.plus(delay), task);
      pauses.add(delay);
      waiting.add(entry);
      return () -> waiting.remove(entry);
    }

    /** Until the next thing that waits, which is done. */
    void next() {
      Waiting first = Collections.min(waiting, Comparator.comparing(Waiting::at));
      waiting.remove(first);
      now = first.at();
      first.task().run();
    }

    /** What is due by then is done. */
    void pass(Duration time) {
      Duration end = now.plus(time);
      while (waiting.stream().anyMatch(each -> each.at().compareTo(end) <= 0)) {
        next();
      }
      now = end;
    }
  }

  private final PlayedApp played = new PlayedApp("[]");
  private final Hands hands = new Hands();
  private boolean mine = true;
  private final Adoption adoption =
      new Adoption(
          new JsonPatcher(new KubernetesApi(played.client(), Duration.ofSeconds(5)), "test"),
          new CurrentApps(new TargetApps(List.of(played))),
          _ -> mine,
          hands,
          Runnable::run);

  private void see(String... finalizers) {
    played.finalizers(finalizers);
    adoption.seen(played.app());
  }

  private List<String> finalizers() {
    return Objects.requireNonNull(played.app().getMetadata().getFinalizers());
  }

  @Test
  void itsFinalizerAloneIsTakenOffEachTimeThatItComes() {
    see(THEIRS, Adoption.FINALIZER);
    assertThat(finalizers()).containsExactly(THEIRS);

    hands.pass(QUIET);
    see(Adoption.FINALIZER, THEIRS);
    assertThat(finalizers()).as("an old manifest was applied").containsExactly(THEIRS);

    hands.pass(QUIET);
    adoption.seen(played.app());
    assertThat(played.patches).as("not when there is nothing to do").isEqualTo(2);
    assertThat(hands.waiting).isEmpty();
  }

  @Test
  void whoeverPutsItBackAtOnceIsAnsweredMoreAndMoreSlowly() {
    see(Adoption.FINALIZER);
    List<Duration> takeovers = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      int before = played.patches;
      Duration since = hands.now;
      see(Adoption.FINALIZER);
      assertThat(played.patches).as("it rests").isEqualTo(before);
      while (played.patches == before) {
        hands.pass(Duration.ofSeconds(1));
      }
      takeovers.add(hands.now.minus(since));
    }
    assertThat(takeovers)
        .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
        .endsWith(Duration.ofSeconds(60));

    hands.pass(Duration.ofSeconds(60));
    int before = played.patches;
    see(Adoption.FINALIZER);
    assertThat(played.patches)
        .as("at once after a rest in which it did not come")
        .isGreaterThan(before);
    see(Adoption.FINALIZER);
    hands.pass(Duration.ofSeconds(59));
    assertThat(finalizers()).as("but it is remembered how often").isNotEmpty();

    hands.pass(Duration.ofSeconds(1));
    hands.pass(QUIET.plusSeconds(60));
    assertThat(hands.waiting).isEmpty();
    before = played.patches;
    see(Adoption.FINALIZER);
    see(Adoption.FINALIZER);
    hands.pass(Duration.ofSeconds(1));
    assertThat(played.patches).as("until it stayed away for a while").isEqualTo(before + 2);
  }

  @Test
  void anObjectThatIsDeletedWhileItRestsGoesAtOnce() {
    see(Adoption.FINALIZER);
    see(Adoption.FINALIZER);
    assertThat(finalizers()).containsExactly(Adoption.FINALIZER);

    played.delete();
    adoption.seen(played.app());
    assertThat(played.gone).isTrue();

    hands.pass(QUIET);
    assertThat(played.patches).isEqualTo(2);
    assertThat(hands.waiting).isEmpty();
  }

  @Test
  void anObjectThatIsBeingDeletedGoes() {
    played.delete();
    see(Adoption.FINALIZER);

    assertThat(played.gone).isTrue();
    assertThat(hands.waiting).isEmpty();
  }

  @Test
  void whatCannotBeDoneYetIsTriedAgainAndIsTriedOnceAtATime() {
    played.refusingPatches = 503;
    see(Adoption.FINALIZER);
    adoption.seen(played.app());
    for (int i = 0; i < 9; i++) {
      hands.next();
    }
    assertThat(played.patches).isEqualTo(10);
    assertThat(hands.pauses)
        .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
        .endsWith(Duration.ofSeconds(60));

    played.refusingPatches = 0;
    hands.next();
    assertThat(finalizers()).isEmpty();
    hands.pass(QUIET);
    assertThat(hands.waiting).isEmpty();

    see(Adoption.FINALIZER);
    assertThat(finalizers()).as("and it is seen again").isEmpty();
  }

  @Test
  void whileTheAppIsAnothersNothingIsWritten() {
    mine = false;
    see(Adoption.FINALIZER);
    hands.next();
    assertThat(played.patches).isZero();

    mine = true;
    hands.next();
    assertThat(finalizers()).isEmpty();
  }
}
