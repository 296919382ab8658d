// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {

  private final ManualScheduler time = new ManualScheduler();
  private final ManualExecutor executor = new ManualExecutor();
  private final FakeLease lease = new FakeLease();
  private final Candidate a = new Candidate("a");
  private final Candidate b = new Candidate("b");

  /** A lease in memory that refuses writes on an old version, as a server does. */
  private final class FakeLease implements LeasePort {
    @Nullable LeaseRecord record;
    int version;
    @Nullable String outage;
    @Nullable String outageFor;
    Runnable beforeWrite = () -> {};

    @Override
    public String name() {
      return "ns/lease";
    }

    @Override
    public Read read() {
      if (outage != null) {
        return new Read.Unavailable(outage);
      }
      return record == null ? new Read.Absent() : new Read.Found(record, version);
    }

    @Override
    public Write write(LeaseRecord wanted, @Nullable Object on) {
      beforeWrite.run();
      if (outage != null || wanted.holder().equals(outageFor)) {
        return new Write.Unavailable("away");
      }
      boolean fits = record == null ? on == null : Objects.equals(on, version);
      if (!fits) {
        return new Write.Conflict();
      }
      record = wanted;
      return new Write.Written(++version);
    }

    String holder() {
      return record == null ? "absent" : record.holder();
    }
  }

  private final class Candidate implements LeaderElection.Listener {
    final List<String> told = new ArrayList<>();
    final LeaderElection election;

    Candidate(String identity) {
      this.election =
          new LeaderElection(
              LeaderSettings.of(identity),
              lease,
              time,
              time.clock(),
              executor,
              new Random(1),
              this);
    }

    @Override
    public void acquired() {
      told.add("acquired");
    }

    @Override
    public void lost(String why) {
      told.add("lost");
    }
  }

  private void pass(Duration duration) {
    for (long ms = 0; ms < duration.toMillis(); ms += 100) {
      time.advance(Duration.ofMillis(100));
      executor.runAll();
    }
  }

  private void start(Candidate candidate) {
    candidate.election.start();
    executor.runAll();
  }

  @Test
  void firstOneLeadsAndTheSecondStandsBy() {
    start(a);
    start(b);
    pass(Duration.ofMinutes(5));

    assertThat(a.told).containsExactly("acquired");
    assertThat(b.told).isEmpty();
    assertThat(lease.holder()).isEqualTo("a");
  }

  @Test
  void standbyTakesOverAtOnceWhenTheLeaderStopsInOrder() {
    start(a);
    start(b);
    pass(Duration.ofSeconds(30));
    a.election.release();
    assertThat(lease.holder()).isEmpty();
    pass(Duration.ofSeconds(3));

    assertThat(b.told).containsExactly("acquired");
    assertThat(a.told).as("because stopping in order is no loss").containsExactly("acquired");
    assertThat(Objects.requireNonNull(lease.record).transitions()).isEqualTo(1);
  }

  @Test
  void standbyWaitsForTheWholeLeaseOfALeaderThatCrashed() {
    start(a);
    LeaseRecord crashed = Objects.requireNonNull(lease.record);
    a.election.release();
    lease.record = crashed;
    start(b);
    pass(Duration.ofSeconds(14));
    assertThat(b.told).as("because a may still act").isEmpty();
    pass(Duration.ofSeconds(4));
    assertThat(b.told).containsExactly("acquired");
  }

  @Test
  void clockOfAnotherMachineIsNotTrusted() {
    start(b);
    b.election.release();
    LeaseRecord old = Objects.requireNonNull(lease.record);
    lease.record =
        new LeaseRecord(
            "other", Duration.ofSeconds(15), old.acquired(), old.renewed().minusSeconds(9999), 3);
    start(a);
    pass(Duration.ofSeconds(10));
    assertThat(a.told)
        .as("because its old renew time may only mean that its clock is wrong")
        .isEmpty();
    pass(Duration.ofSeconds(10));
    assertThat(a.told).containsExactly("acquired");
  }

  @Test
  void leaderThatCannotRenewIsGoneBeforeAnotherOneCanLead() {
    start(a);
    start(b);
    pass(Duration.ofSeconds(20));
    lease.outageFor = "a";
    long lostAfter = -1;
    long takenAfter = -1;
    for (int ms = 100; ms <= 30_000; ms += 100) {
      pass(Duration.ofMillis(100));
      lostAfter = lostAfter < 0 && a.told.contains("lost") ? ms : lostAfter;
      takenAfter = takenAfter < 0 && b.told.contains("acquired") ? ms : takenAfter;
    }
    assertThat(lostAfter).isBetween(7_900L, 10_000L);
    assertThat(takenAfter).isGreaterThan(lostAfter);
    assertThat(a.election.isLeader()).isFalse();
  }

  @Test
  void leaderWhoseRenewalHangsIsLostAtTheDeadline() {
    start(a);
    time.advance(Duration.ofSeconds(11));

    assertThat(a.told)
        .as("because the deadline does not wait for the call")
        .containsExactly("acquired", "lost");
  }

  @Test
  void leaderWhoseLeaseAnotherOneTookIsLostAtOnce() {
    start(a);
    LeaseRecord own = Objects.requireNonNull(lease.record);
    lease.record = new LeaseRecord("thief", own.duration(), own.acquired(), own.renewed(), 9);
    lease.version++;
    pass(Duration.ofSeconds(2));

    assertThat(a.told).containsExactly("acquired", "lost");
    pass(Duration.ofMinutes(2));
    assertThat(lease.holder()).as("because a lost election never comes back").isEqualTo("thief");
  }

  @Test
  void lostLeaderSaysSoOnce() {
    start(a);
    lease.outage = "away";
    pass(Duration.ofMinutes(5));

    assertThat(a.told).containsExactly("acquired", "lost");
  }

  @Test
  void outageShorterThanTheDeadlineIsSurvived() {
    start(a);
    for (int i = 0; i < 10; i++) {
      lease.outage = "away";
      pass(Duration.ofSeconds(7));
      lease.outage = null;
      pass(Duration.ofSeconds(5));
    }
    assertThat(a.told).containsExactly("acquired");
  }

  @Test
  void leaderWhoseLeaseWasEditedByAPersonGoesOn() {
    start(a);
    lease.version++;
    pass(Duration.ofMinutes(1));

    assertThat(a.told).containsExactly("acquired");
    assertThat(lease.holder()).isEqualTo("a");
  }

  @Test
  void leaderWhoseLeaseWasDeletedMakesItAgain() {
    start(a);
    lease.record = null;
    pass(Duration.ofSeconds(5));

    assertThat(a.told).containsExactly("acquired");
    assertThat(lease.holder()).isEqualTo("a");
  }

  @Test
  void ofTwoThatSeeAFreeLeaseOneLeads() {
    Candidate c = new Candidate("c");
    a.election.start();
    b.election.start();
    c.election.start();
    executor.runAll();
    pass(Duration.ofMinutes(1));

    assertThat(List.of(a, b, c)).filteredOn(candidate -> candidate.election.isLeader()).hasSize(1);
  }

  @Test
  void raceBetweenReadAndWriteHasOneWinner() {
    lease.beforeWrite =
        () -> {
          lease.beforeWrite = () -> {};
          start(b);
        };
    start(a);
    pass(Duration.ofMinutes(1));

    assertThat(b.told).containsExactly("acquired");
    assertThat(a.told).isEmpty();
  }

  @Test
  void serverThatIsAwayAtTheStartIsWaitedFor() {
    lease.outage = "away";
    start(a);
    pass(Duration.ofMinutes(10));
    lease.outage = null;
    pass(Duration.ofSeconds(3));

    assertThat(a.told).containsExactly("acquired");
  }

  @Test
  void electionThatWasReleasedBeforeItLedNeverLeads() {
    lease.outage = "away";
    start(a);
    a.election.release();
    lease.outage = null;
    pass(Duration.ofMinutes(1));

    assertThat(a.told).isEmpty();
    assertThat(lease.record).isNull();
  }

  @Test
  void timesThatLetTwoLeadAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LeaderSettings(
                    "a", Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2)))
        .withMessageContaining("lease duration");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LeaderSettings(
                    "a", Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofSeconds(2)))
        .withMessageContaining("renew deadline");
  }
}
