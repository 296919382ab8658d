// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose an app is while the Leases of this process and of others come and go. */
class OwnershipTest {

  private static final ObjectKey SHOP = new ObjectKey("a", "shop");
  private static final Duration LEASE = Duration.ofSeconds(10);

  private long nanos;
  private final List<Runnable> wakeups = new ArrayList<>();

  private final Scheduler scheduler =
      new Scheduler() {
        @Override
        public long nanos() {
          return nanos;
        }

        @Override
        public Wakeup after(Duration delay, Runnable task) {
          wakeups.add(task);
          return () -> {};
        }
      };

  private final Members members =
      new Members(
          new MemberSettings("me", "heal8s-system", LEASE, Duration.ofSeconds(3)),
          scheduler,
          Clock.systemUTC());
  private final Ownership ownership =
      new Ownership(members, (_, living) -> living.getFirst(), scheduler, Runnable::run);

  private void look() {
    List<Runnable> due = List.copyOf(wakeups);
    wakeups.clear();
    due.forEach(Runnable::run);
  }

  @Test
  void whatIsOursStaysOursUntilTheLapseIsNoticed() {
    List<Ownership.Part> told = new ArrayList<>();
    ownership.start(told::add);
    assertThat(ownership.isOwn(SHOP)).as("nobody is a member yet").isFalse();
    members.renewed(nanos);
    look();
    assertThat(ownership.test(SHOP)).isTrue();

    nanos += LEASE.toNanos();
    assertThat(ownership.test(SHOP)).as("it may not act").isFalse();
    assertThat(ownership.isOwn(SHOP)).as("and nobody has noticed").isTrue();
    assertThat(ownership.isAnothers(SHOP)).isFalse();

    look();
    assertThat(ownership.isOwn(SHOP)).isFalse();
    members.renewed(nanos);
    look();
    assertThat(ownership.isOwn(SHOP)).isTrue();
    assertThat(told)
        .containsExactly(Ownership.Part.JOINED, Ownership.Part.LEFT, Ownership.Part.JOINED);
  }
}
