// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.store.postgres.OutboxHorizon.Glance;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutboxHorizonTest {

  private static final Set<String> NOBODY = Set.of();

  @Test
  void followsTheLogWhileNobodyIsUnderWay() {
    OutboxHorizon horizon =
        OutboxHorizon.UNKNOWN.after(new Glance(10, NOBODY)).after(new Glance(12, NOBODY));

    assertThat(horizon.complete()).as("because no round has seen it yet").isZero();
    assertThat(horizon.published().complete()).isEqualTo(10);
  }

  @Test
  void waitsForATransactionThatMayHaveTakenALowerNumber() {
    OutboxHorizon held =
        OutboxHorizon.UNKNOWN
            .after(new Glance(10, Set.of("writer")))
            .after(new Glance(20, Set.of("writer", "younger")))
            .published();

    assertThat(held.complete()).isZero();
    assertThat(held.isBehind()).isTrue();
  }

  @Test
  void doesNotWaitForTransactionsThatBeganLater() {
    OutboxHorizon horizon =
        OutboxHorizon.UNKNOWN
            .after(new Glance(10, Set.of("writer")))
            .after(new Glance(20, Set.of("younger")))
            .published();

    assertThat(horizon.complete()).isEqualTo(10);
  }

  @Test
  void whatCommitsBetweenARoundAndTheGlanceAfterItIsLeftToTheNextRound() {
    OutboxHorizon before = OutboxHorizon.UNKNOWN.after(new Glance(10, Set.of("writer")));

    // The round does not see what the writer wrote; then the writer commits; then the glance.
    OutboxHorizon after = before.published().after(new Glance(10, NOBODY));

    assertThat(after.complete()).as("because number 10 or a lower one may be unpublished").isZero();
    assertThat(after.published().complete()).isEqualTo(10);
  }

  @Test
  void isNearUnlessSomebodyHoldsItUp() {
    OutboxHorizon horizon = OutboxHorizon.UNKNOWN;
    for (int round = 1; round <= 300; round++) {
      horizon = horizon.published().after(new Glance(round * 100L, Set.of("writer " + round)));
      assertThat(horizon.isNear()).as("round " + round).isTrue();
    }
    OutboxHorizon held = horizon.after(new Glance(40_000, Set.of("writer 300")));
    assertThat(held.isNear()).isFalse();
    OutboxHorizon settled =
        held.after(new Glance(40_000, NOBODY)).after(new Glance(40_000, NOBODY));
    assertThat(settled.published().isNear()).isTrue();
  }

  @Test
  void restsWhenEverythingIsPublished() {
    OutboxHorizon horizon = OutboxHorizon.UNKNOWN;
    for (int i = 0; i < 3; i++) {
      horizon = horizon.published().after(new Glance(7, NOBODY));
    }

    assertThat(horizon.complete()).isEqualTo(7);
    assertThat(horizon.isBehind()).isFalse();
  }
}
