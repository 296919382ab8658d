// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.runtime.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncLogTest {

  private static final SyncState SYNCED = new SyncState.Synced();

  private final ManualScheduler time = new ManualScheduler();
  private final List<SyncLog.Line> lines = new ArrayList<>();
  private final SyncLog log = new SyncLog(time, lines::add);

  @BeforeEach
  void declare() {
    log.report("a", true, new SyncState.Starting());
    log.report("b", true, new SyncState.Starting());
  }

  @Test
  void nothingIsToldWhileTheFirstAnswersAreMissing() {
    log.report("a", true, SYNCED);
    time.advance(Duration.ofMinutes(1));

    assertThat(lines).isEmpty();
  }

  @Test
  void oneLineWhenAllIsWell() {
    both(SYNCED);

    assertThat(lines).containsExactly(new SyncLog.Line(false, "All caches are in sync"));
  }

  @Test
  void serverThatIsAwayIsOneLineHoweverOftenAndDifferentlyItFails() {
    both(new SyncState.Unreachable("https://x does not answer: refused", false));
    for (int i = 0; i < 100; i++) {
      both(new SyncState.Unreachable("https://x does not answer: timeout " + i, false));
    }

    assertThat(lines)
        .containsExactly(
            new SyncLog.Line(
                true,
                "Not ready, trying again by itself: a, b: https://x does not answer: refused"));
  }

  @Test
  void missingCrdAndMissingRightAreToldApartInOneLine() {
    log.report("a", true, new SyncState.Missing());
    log.report("b", true, new SyncState.Forbidden("cannot list b"));
    time.advance(Duration.ofSeconds(1));

    assertThat(lines)
        .extracting(SyncLog.Line::text)
        .containsExactly(
            "Not ready, trying again by itself: a: not installed, apply the CRDs of the chart;"
                + " b: may not be watched (cannot list b)");
  }

  @Test
  void recoveryIsTold() {
    both(new SyncState.Missing());
    both(SYNCED);

    assertThat(lines).extracting(SyncLog.Line::warning).containsExactly(true, false);
  }

  @Test
  void optionalKindThatIsNotInstalledIsNoWarning() {
    log.report("z", false, new SyncState.Missing());
    both(SYNCED);

    assertThat(lines)
        .containsExactly(new SyncLog.Line(false, "z: not installed, watched as soon as it is"));
  }

  @Test
  void watchThatIsBackWithinTheSecondIsNotTold() {
    both(SYNCED);
    log.report("a", true, new SyncState.Unreachable("reset", true));
    log.report("a", true, SYNCED);
    time.advance(Duration.ofMinutes(1));

    assertThat(lines).hasSize(1);
  }

  private void both(SyncState state) {
    log.report("a", true, state);
    log.report("b", true, state);
    time.advance(Duration.ofSeconds(1));
  }
}
