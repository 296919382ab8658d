// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Change;
import io.heal8s.core.runtime.Scheduler;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who lives, with the hands of the clock turned by the test. */
class MembersTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(10);

  private long nanos;

  private final Scheduler scheduler =
      new Scheduler() {
        @Override
        public long nanos() {
          return nanos;
        }

        @Override
        public Wakeup after(Duration delay, Runnable task) {
          return () -> {};
        }
      };

  private final Members members =
      new Members(
          new MemberSettings("me", "heal8s-system", LEASE, Duration.ofSeconds(3)),
          scheduler,
          Clock.fixed(NOON, ZoneOffset.UTC));

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Change<V1Lease> seen(String identity, Instant renewed) {
    return change(
        null,
        new V1Lease()
            .spec(
                new V1LeaseSpec()
                    .holderIdentity(identity)
                    .renewTime(renewed.atOffset(ZoneOffset.UTC))));
  }

  private static Change<V1Lease> change(@Nullable V1Lease before, @Nullable V1Lease after) {
    return new Change<>(new ObjectKey("heal8s-system", "graphql-monitor-x"), before, after, false);
  }

  @Test
  void whoRenewsLivesAndWhoDoesNotIsDeadAfterALease() {
    members.changed(seen("other", NOON));
    assertThat(members.living()).containsExactly("other");
    pass(Duration.ofSeconds(9));
    members.changed(seen("other", NOON.plusSeconds(9)));
    pass(Duration.ofSeconds(9));
    assertThat(members.living()).containsExactly("other");
    pass(Duration.ofSeconds(2));
    assertThat(members.living()).isEmpty();
  }

  @Test
  void theSameLeaseSeenAgainIsNoRenewal() {
    members.changed(seen("other", NOON));
    pass(Duration.ofSeconds(8));
    members.changed(seen("other", NOON));
    pass(Duration.ofSeconds(3));
    assertThat(members.living()).isEmpty();
  }

  @Test
  void anOldLeaseThatIsOnlyFoundIsNotBelievedForLong() {
    members.changed(seen("long-dead", NOON.minusSeconds(3600)));
    members.changed(seen("clock-is-4s-behind", NOON.minusSeconds(4)));
    assertThat(members.living()).containsExactly("clock-is-4s-behind");
  }

  @Test
  void whoCannotRenewStopsBeforeOthersTakeOver() {
    members.renewed(nanos);
    assertThat(members.mayAct()).isTrue();
    assertThat(members.living()).containsExactly("me");
    pass(Duration.ofSeconds(9));
    assertThat(members.mayAct()).as("a tenth of a lease before the others may").isFalse();
    assertThat(members.living()).isEmpty();
  }

  @Test
  void aLeaseThatWasGivenBackIsGoneAtOnce() {
    Change<V1Lease> seen = seen("other", NOON);
    members.changed(seen);
    members.changed(change(seen.after(), null));
    assertThat(members.living()).isEmpty();
  }

  @Test
  void aRenewalThatComesTooSeldomIsRefused() {
    assertThatThrownBy(() -> new MemberSettings("me", "n", LEASE, Duration.ofSeconds(4)))
        .hasMessageContaining("at most a third");
  }
}
