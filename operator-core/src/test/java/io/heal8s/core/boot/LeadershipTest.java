// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heal8s.core.runtime.LeaderElection;
import io.heal8s.core.runtime.LeaderSettings;
import io.heal8s.core.runtime.LeasePort;
import io.heal8s.core.runtime.LeaseRecord;
import io.heal8s.core.runtime.ManualExecutor;
import io.heal8s.core.runtime.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeadershipTest {

  private final ManualScheduler time = new ManualScheduler();
  private final ManualExecutor executor = new ManualExecutor();
  private final AtomicBoolean synced = new AtomicBoolean();
  private final List<Integer> exits = new ArrayList<>();
  private final MemoryLease lease = new MemoryLease();

  private static final class MemoryLease implements LeasePort {
    @Nullable LeaseRecord record;
    boolean away;

    @Override
    public String name() {
      return "ns/lease";
    }

    @Override
    public Read read() {
      return record == null ? new Read.Absent() : new Read.Found(record, "v");
    }

    @Override
    public Write write(LeaseRecord wanted, @Nullable Object version) {
      if (away) {
        return new Write.Unavailable("away");
      }
      record = wanted;
      return new Write.Written("v");
    }

    String holder() {
      return record == null ? "absent" : record.holder();
    }
  }

  private final Leadership leadership =
      new Leadership(
          listener ->
              Optional.of(
                  new LeaderElection(
                      LeaderSettings.of("me"),
                      lease,
                      time,
                      time.clock(),
                      executor,
                      new Random(1),
                      listener)),
          synced::get,
          time,
          exits::add);

  private void pass(Duration duration) {
    for (long ms = 0; ms < duration.toMillis(); ms += 100) {
      time.advance(Duration.ofMillis(100));
      executor.runAll();
    }
  }

  @Test
  void replicaCompetesOnlyOnceItsCachesAreWhole() {
    leadership.start();
    pass(Duration.ofMinutes(1));
    assertThat(lease.record).as("because one that leads must be able to work").isNull();

    synced.set(true);
    pass(Duration.ofSeconds(1));
    assertThat(leadership.isLeading()).isTrue();
  }

  @Test
  void stopGivesTheLeaseBackAndIsNoLoss() {
    synced.set(true);
    leadership.start();
    pass(Duration.ofSeconds(1));
    leadership.stop();

    assertThat(lease.holder()).isEmpty();
    assertThat(leadership.isLeading()).isFalse();
    pass(Duration.ofMinutes(1));
    assertThat(exits).isEmpty();
  }

  @Test
  void lossEndsTheProcess() {
    synced.set(true);
    leadership.start();
    pass(Duration.ofSeconds(1));
    lease.away = true;
    pass(Duration.ofSeconds(30));

    assertThat(exits).containsExactly(ProcessExit.LEASE_LOST);
    assertThat(leadership.isLeading()).isFalse();
  }

  @Test
  void stopBeforeTheCachesAreWholeNeverCompetes() {
    leadership.start();
    leadership.stop();
    synced.set(true);
    pass(Duration.ofMinutes(1));

    assertThat(lease.record).isNull();
  }

  @Test
  void withoutAnElectionEveryProcessLeads() {
    Leadership alone = new Leadership(listener -> Optional.empty(), () -> false, time, exits::add);
    alone.start();

    assertThat(alone.isLeading()).isTrue();
  }

  @Test
  void settingsThatCannotWorkAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(null, "15s", "10s", "2s"))
        .withMessageContaining("heal8s.leader-election.lease-name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("a", "10s", "10s", "2s"))
        .withMessageContaining("heal8s.leader-election")
        .withMessageContaining("renew deadline");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("a", "0.5s", "0.4s", "0.1s"))
        .withMessageContaining("heal8s.leader-election.lease-duration");
  }

  @Test
  void processesOfOnePodHaveDifferentIdentities() {
    assertThat(ProcessIdentity.of("pod", new Random(1)).value()).matches("pod_[0-9a-f]{8}");
    assertThat(ProcessIdentity.of("pod", new Random(1)))
        .isNotEqualTo(ProcessIdentity.of("pod", new Random(2)));
  }

  private static LeaderElectionSettings settings(
      @Nullable String name, String lease, String deadline, String retry) {
    return new LeaderElectionSettings(
        true, name, null, seconds(lease), seconds(deadline), seconds(retry));
  }

  private static Duration seconds(String text) {
    return Duration.parse("PT" + text);
  }
}
