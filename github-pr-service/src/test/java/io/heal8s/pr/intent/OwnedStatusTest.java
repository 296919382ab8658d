// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.PullRequestReason;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnedStatusTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

  private static OwnedStatus with(OwnedStatus status, Condition.Status value, Instant now) {
    return status.with(
        ConditionType.PullRequestOpen, value, PullRequestReason.Opened, "m", 1L, now);
  }

  @Test
  void theTransitionTimeMovesOnlyWhenTheStatusFlips() {
    OwnedStatus empty = OwnedStatus.of(RemediationStatus.EMPTY);
    OwnedStatus first = with(empty, Condition.Status.True, NOW);
    OwnedStatus same = with(first, Condition.Status.True, NOW.plusSeconds(60));
    OwnedStatus flipped = with(first, Condition.Status.False, NOW.plusSeconds(60));

    assertThat(same).isEqualTo(first);
    assertThat(first.conditions().getFirst().lastTransitionTime())
        .isEqualTo(OffsetDateTime.parse("2026-03-01T10:00:00Z"));
    assertThat(flipped.conditions().getFirst().lastTransitionTime())
        .isEqualTo(OffsetDateTime.parse("2026-03-01T10:01:00Z"));
  }

  @Test
  void onlyOurConditionsAreTakenFromAStatus() {
    List<Condition> all =
        Arrays.stream(ConditionType.values())
            .map(
                type ->
                    new Condition(
                        type.name(), Condition.Status.True, 1L, null, "Because", "message"))
            .toList();
    RemediationStatus status =
        new RemediationStatus(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, all);
    assertThat(OwnedStatus.of(status).conditions())
        .extracting(Condition::type)
        .containsExactly("PullRequestMerged", "PullRequestOpen", "RevertMerged", "RevertOpen");
  }
}
