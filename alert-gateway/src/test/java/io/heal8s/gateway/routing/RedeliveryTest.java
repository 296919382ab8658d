// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import static io.heal8s.gateway.routing.Redelivery.Verdict.GiveUp;
import static io.heal8s.gateway.routing.Redelivery.Verdict.LetItBe;
import static io.heal8s.gateway.routing.Redelivery.Verdict.TryAgain;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.gateway.intent.AlertIntent.CreateRemediation;
import io.heal8s.gateway.intent.Retries;
import io.heal8s.gateway.routing.Redelivery.Verdict;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RedeliveryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Retries RETRIES = new Retries(Duration.ofHours(1), 3);

  record Case(
      String because,
      @Nullable Phase phase,
      @Nullable String reason,
      @Nullable Duration endedAgo,
      int attempt,
      Verdict expected) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> cases() {
    Duration long_ = Duration.ofHours(1);
    Duration short_ = Duration.ofMinutes(59);
    return Stream.of(
        new Case("nobody has looked at it yet", null, null, null, 1, LetItBe),
        new Case("it helped", Phase.Succeeded, null, long_, 1, LetItBe),
        new Case("another one helped", Phase.Superseded, "HealedBy", long_, 1, LetItBe),
        new Case("a person refused", Phase.Failed, "Refused", long_, 1, LetItBe),
        new Case("a person rejected the plan", Phase.Failed, "Rejected", long_, 1, LetItBe),
        new Case("a person refused earlier", Phase.Failed, "RefusedBefore", long_, 1, LetItBe),
        new Case("too soon", Phase.Failed, "CapReached", short_, 1, LetItBe),
        new Case("it failed an hour ago", Phase.Failed, "CapReached", long_, 1, TryAgain),
        new Case("it was undone an hour ago", Phase.RolledBack, null, long_, 1, TryAgain),
        new Case("nobody merged in time", Phase.Expired, "TtlPassed", long_, 2, TryAgain),
        new Case("it failed, nobody knows when", Phase.Failed, null, null, 1, LetItBe),
        new Case("the last attempt failed", Phase.Failed, "X", long_, 3, GiveUp),
        new Case("the last attempt failed just now", Phase.Failed, "X", short_, 3, LetItBe),
        new Case("beyond a limit that was lowered since", Phase.Failed, "X", long_, 5, GiveUp));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judges(Case example) {
    Remediation existing = existing(example.phase(), example.reason(), example.endedAgo());
    assertThat(Redelivery.judge(existing, example.attempt(), RETRIES, NOW))
        .as(example.because())
        .isEqualTo(example.expected());
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void whatRunsIsNeverDoubled(Phase phase) {
    Remediation existing = existing(phase, null, Duration.ofDays(9));
    Verdict verdict = Redelivery.judge(existing, 1, RETRIES, NOW);
    boolean another = Arrays.asList(TryAgain, GiveUp).contains(verdict);
    assertThat(another && !phase.isEnd()).as("a second attempt beside a running one").isFalse();
  }

  @Test
  void whatIsBeingDeletedIsLeftAlone() {
    Remediation existing = existing(Phase.Failed, null, Duration.ofDays(1));
    existing.getMetadata().setDeletionTimestamp(OffsetDateTime.now(ZoneOffset.UTC));
    assertThat(Redelivery.judge(existing, 1, RETRIES, NOW)).isEqualTo(LetItBe);
  }

  private static Remediation existing(
      @Nullable Phase phase, @Nullable String reason, @Nullable Duration endedAgo) {
    OffsetDateTime ended = endedAgo == null ? null : NOW.minus(endedAgo).atOffset(ZoneOffset.UTC);
    RemediationStatus status =
        new RemediationStatus(
            1L, phase, reason, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, ended, null, null);
    return new Remediation(null, null, new V1ObjectMeta().name("rem-a"), anySpec(), status);
  }

  private static RemediationSpec anySpec() {
    CreateRemediation create =
        (CreateRemediation)
            new AlertRouter()
                .route(
                    new AlertSnapshot(
                        Samples.firing(
                            "alertname=KubePodOOMKilled", "namespace=shop", "deployment=web"),
                        Samples.BUILT_IN,
                        null));
    return create.spec();
  }
}
