// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.dev.suite.RemediationFeed;
import io.heal8s.dev.suite.RemediationFeed.Sighting;
import io.heal8s.e2e.crash.AlertSender;
import io.heal8s.e2e.crash.CrashSite;
import io.heal8s.e2e.crash.CrashWorkload;
import io.heal8s.test.trace.OtlpReceiver;
import io.heal8s.test.trace.OtlpReceiver.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TraceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final String NAMESPACE = "traced";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SENDER = "00f067aa0ba902b7";

  @Test
  void oneTraceRunsFromTheAlertToTheProof() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        CrashSite site =
            CrashSite.start(
                List.of(CrashWorkload.inGit(NAMESPACE)),
                "--management.opentelemetry.tracing.export.otlp.endpoint=" + receiver.endpoint());
        RemediationFeed feed = site.feed(NAMESPACE)) {
      new AlertSender(site.suite(), Map.of("traceparent", "00-" + TRACE + "-" + SENDER + "-01"))
          .sendUntilAccepted(NAMESPACE);
      Sighting open =
          feed.await(
              "the pull request",
              PATIENCE,
              sighting -> sighting.status().isTrue(ConditionType.PullRequestOpen));
      site.repository()
          .merge(
              Objects.requireNonNull(Objects.requireNonNull(open.status().pullRequest()).branch()));
      feed.await("success", PATIENCE, sighting -> sighting.status().phase() == Phase.Succeeded);

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(inTrace(receiver))
                      .extracting(Span::service, Span::name)
                      .contains(
                          tuple("alert-gateway", "alerts delivered"),
                          tuple("remediation-operator", "remediation Pending"),
                          tuple("github-pr-service", "pull request opened"),
                          tuple("github-pr-service", "pull request recorded"),
                          tuple("remediation-operator", "remediation Applying"),
                          tuple("remediation-operator", "remediation Succeeded")));
      Span delivery =
          inTrace(receiver).stream()
              .filter(span -> span.name().equals("alerts delivered"))
              .findFirst()
              .orElseThrow();
      assertThat(delivery.parentId()).as("the sender's trace goes on").isEqualTo(SENDER);
      assertThat(inTrace(receiver))
          .filteredOn(span -> !span.service().equals("alert-gateway"))
          .extracting(Span::parentId)
          .as("everything else comes of the delivery")
          .containsOnly(delivery.spanId());
      assertThat(receiver.spans())
          .as("probes and scrapes are no part of anybody's story")
          .allMatch(span -> span.traceId().equals(TRACE));
    }
  }

  private static List<Span> inTrace(OtlpReceiver receiver) {
    return receiver.spans().stream().filter(span -> span.traceId().equals(TRACE)).toList();
  }
}
