// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {

  enum Why implements Reason {
    A
  }

  private static final Outcome RETRY = new Outcome.Retry(Why.A, new IllegalStateException());
  private static final Outcome STALLED = Outcome.stalled(Why.A, "fix it");
  private static final Outcome SOON = Outcome.waiting(Duration.ofSeconds(1), Why.A);
  private static final Outcome LATER = Outcome.waiting(Duration.ofSeconds(9), Why.A);

  @Test
  void worseOneCountsWhateverTheOrder() {
    List<Outcome> fromWorst = List.of(RETRY, STALLED, SOON, Outcome.DONE);
    for (int worse = 0; worse < fromWorst.size(); worse++) {
      for (int better = worse; better < fromWorst.size(); better++) {
        Outcome a = fromWorst.get(worse);
        Outcome b = fromWorst.get(better);
        assertThat(Outcomes.worse(a, b)).isSameAs(a);
        assertThat(Outcomes.worse(b, a)).isSameAs(a);
      }
    }
  }

  @Test
  void shorterWaitCounts() {
    assertThat(Outcomes.worse(LATER, SOON)).isSameAs(SOON);
    assertThat(Outcomes.worse(SOON, LATER)).isSameAs(SOON);
  }

  @Test
  void earlierDeadlineCountsAndAnyDeadlineBeatsNone() {
    Outcome early = new Outcome.Stalled(Why.A, "x", Instant.EPOCH);
    Outcome late = new Outcome.Stalled(Why.A, "x", Instant.EPOCH.plusSeconds(1));

    assertThat(Outcomes.worse(late, early)).isSameAs(early);
    assertThat(Outcomes.worse(STALLED, late)).isSameAs(late);
    assertThat(Outcomes.worse(early, STALLED)).isSameAs(early);
  }
}
