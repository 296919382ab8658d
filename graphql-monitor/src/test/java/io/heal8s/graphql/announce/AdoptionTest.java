// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.app.TargetApps;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the original left on an object is taken off whenever it is seen. */
class AdoptionTest {

  private static final String THEIRS = "example.com/mine";

  /** Nothing passes by itself: the next try is the test's. */
  private static final class Hands implements Scheduler {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public Wakeup after(Duration delay, Runnable task) {
      pauses.add(delay);
      waiting.add(task);
      return () -> waiting.remove(task);
    }

    void next() {
      waiting.remove().run();
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

    see(Adoption.FINALIZER, THEIRS);
    assertThat(finalizers()).as("an old manifest was applied").containsExactly(THEIRS);

    adoption.seen(played.app());
    assertThat(played.patches).as("not when there is nothing to do").isEqualTo(2);
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
