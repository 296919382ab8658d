// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.poll.AppCounts.PollStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AppMetricsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.250Z");

  private static final String STATE_KNOWN =
      "heal8s_graphql_state_known{namespace=\"a\",tapp_name=\"shop\"}";

  private final AppMetrics metrics = new AppMetrics();

  @Test
  void isThePageThatPrometheusReads() throws IOException {
    ObjectKey shop = new ObjectKey("a", "shop");
    metrics.of(shop).polled(PollStatus.success, 0.004, NOW);
    metrics.of(shop).polled(PollStatus.success, 0.06, NOW);
    metrics.of(shop).polled(PollStatus.error, 12, NOW);
    metrics.of(shop).failed("TimedOut");
    metrics.announced(shop, true);
    metrics.acted(shop, "webhook", "success", 0.25);
    metrics.owing(shop, 3);
    ObjectKey gone = new ObjectKey("a", "gone");
    metrics.of(gone);
    metrics.forget(gone);
    // What was under way when it went.
    metrics.announced(gone, false);
    metrics.acted(gone, "webhook", "success", 0.25);
    metrics.owing(gone, 1);

    StringBuilder page = new StringBuilder();
    metrics.writeTo(page::append);

    assertThat(page.toString().lines())
        .containsExactly(
            "# HELP operator_kco_tapp_polls_total Polls by how they ended",
            "# TYPE operator_kco_tapp_polls_total counter",
            "operator_kco_tapp_polls_total{namespace=\"a\",status=\"success\",tapp_name=\"shop\"} 2.0",
            "operator_kco_tapp_polls_total{namespace=\"a\",status=\"error\",tapp_name=\"shop\"} 1.0",
            "operator_kco_tapp_polls_total{namespace=\"a\",status=\"rate_limited\",tapp_name=\"shop\"} 0.0",
            "# HELP operator_kco_tapp_poll_duration_seconds Time from the first request of a poll to"
                + " its end",
            "# TYPE operator_kco_tapp_poll_duration_seconds histogram",
            bucket("0.005", 1),
            bucket("0.01", 1),
            bucket("0.025", 1),
            bucket("0.05", 1),
            bucket("0.075", 2),
            bucket("0.1", 2),
            bucket("0.25", 2),
            bucket("0.5", 2),
            bucket("0.75", 2),
            bucket("1.0", 2),
            bucket("2.5", 2),
            bucket("5.0", 2),
            bucket("7.5", 2),
            bucket("10.0", 2),
            bucket("+Inf", 3),
            "operator_kco_tapp_poll_duration_seconds_count{namespace=\"a\",tapp_name=\"shop\"} 3",
            "operator_kco_tapp_poll_duration_seconds_sum{namespace=\"a\",tapp_name=\"shop\"} 12.064",
            "# HELP heal8s_graphql_last_poll_timestamp_seconds When the app was polled last,"
                + " successfully or not, in seconds since 1970",
            "# TYPE heal8s_graphql_last_poll_timestamp_seconds gauge",
            "heal8s_graphql_last_poll_timestamp_seconds{namespace=\"a\",tapp_name=\"shop\"}"
                + " 1767225600.250",
            "# HELP heal8s_graphql_state_known 1 while the app's state is known, 0 while it cannot be"
                + " asked or does not tell it",
            "# TYPE heal8s_graphql_state_known gauge",
            "heal8s_graphql_state_known{namespace=\"a\",tapp_name=\"shop\"} 0",
            "# HELP operator_kco_events_generated_total States that were announced as Kubernetes"
                + " Events",
            "# TYPE operator_kco_events_generated_total counter",
            "operator_kco_events_generated_total{event_type=\"change\",namespace=\"a\",tapp_name=\"shop\"}"
                + " 0.0",
            "operator_kco_events_generated_total{event_type=\"initial\",namespace=\"a\",tapp_name=\"shop\"}"
                + " 1.0",
            "# HELP operator_kco_actions_executed_total Remediations asked for: success when it is"
                + " there, failed once when it cannot be created",
            "# TYPE operator_kco_actions_executed_total counter",
            "operator_kco_actions_executed_total{action=\"webhook\",namespace=\"a\",status=\"success\",tapp_name=\"shop\"}"
                + " 1.0",
            "# HELP operator_kco_action_duration_seconds Time from the state that fired to the"
                + " Remediation",
            "# TYPE operator_kco_action_duration_seconds summary",
            "operator_kco_action_duration_seconds_count{action=\"webhook\",namespace=\"a\",status=\"success\",tapp_name=\"shop\"}"
                + " 1",
            "operator_kco_action_duration_seconds_sum{action=\"webhook\",namespace=\"a\",status=\"success\",tapp_name=\"shop\"}"
                + " 0.25",
            "# HELP heal8s_graphql_remediations_not_created Pending Remediations that cannot be"
                + " created, where there are any",
            "# TYPE heal8s_graphql_remediations_not_created gauge",
            "heal8s_graphql_remediations_not_created{namespace=\"a\",tapp_name=\"shop\"} 3.0",
            "# HELP operator_kco_errors_total Requests that brought no state, by what happened",
            "# TYPE operator_kco_errors_total counter",
            "operator_kco_errors_total{error_type=\"TimedOut\",namespace=\"a\",tapp_name=\"shop\"} 1.0",
            "# HELP operator_kco_active_monitors Apps that this replica polls",
            "# TYPE operator_kco_active_monitors gauge",
            "operator_kco_active_monitors 1.0");
  }

  /** Alert rules look at what a series increased by, and one that begins at 1 never did. */
  @Test
  void theFirstFailureIsAnIncrease() throws IOException {
    ObjectKey shop = new ObjectKey("a", "shop");
    metrics.of(shop);
    String error =
        "operator_kco_tapp_polls_total{namespace=\"a\",status=\"error\",tapp_name=\"shop\"} ";

    assertThat(page()).contains(error + "0.0").noneMatch(line -> line.startsWith(STATE_KNOWN));
    metrics.of(shop).polled(PollStatus.error, 1, NOW);
    assertThat(page()).contains(error + "1.0");
  }

  @Test
  void whetherTheStateIsKnownStaysAsTheLastPollFoundIt() throws IOException {
    AppCounts shop = metrics.of(new ObjectKey("a", "shop"));

    shop.polled(PollStatus.success, 1, NOW);
    assertThat(page()).contains(STATE_KNOWN + " 1");
    shop.polled(PollStatus.error, 1, NOW);
    shop.skipped(3);
    assertThat(page()).contains(STATE_KNOWN + " 0");
    shop.polled(PollStatus.success, 1, NOW);
    shop.skipped(3);
    assertThat(page()).contains(STATE_KNOWN + " 1");
    shop.unknown();
    assertThat(page()).contains(STATE_KNOWN + " 0");
  }

  @Test
  void theAlertRulesLookAtMetricsThatAreThere() throws IOException {
    String rules =
        Files.readString(Path.of("../charts/graphql-monitor/rules/graphql-monitor.yaml"));
    List<String> named =
        Pattern.compile("\\b(operator_kco|heal8s_graphql)_[a-z_]+")
            .matcher(rules)
            .results()
            .map(MatchResult::group)
            // A meter of the registry, as PollTimes names it.
            .filter(name -> !name.equals("heal8s_graphql_poll_lateness_seconds_bucket"))
            .toList();

    assertThat(named).hasSizeGreaterThan(3);
    assertThat(named).allSatisfy(name -> assertThat(page()).anyMatch(type(name)));
  }

  private static Predicate<String> type(String name) {
    return line -> line.startsWith("# TYPE " + name + " ");
  }

  private List<String> page() throws IOException {
    StringBuilder page = new StringBuilder();
    metrics.writeTo(page::append);
    return page.toString().lines().toList();
  }

  private static String bucket(String bound, int count) {
    return "operator_kco_tapp_poll_duration_seconds_bucket{namespace=\"a\",tapp_name=\"shop\",le=\""
        + bound
        + "\"} "
        + count;
  }

  @Test
  void manyAppsComeInParts() throws IOException {
    for (int i = 0; i < 1000; i++) {
      metrics.of(new ObjectKey("a", "app-" + i)).polled(PollStatus.success, 0.001, NOW);
    }
    List<String> parts = new ArrayList<>();
    metrics.writeTo(part -> parts.add(part.toString()));
    assertThat(parts)
        .hasSizeGreaterThan(50)
        .allMatch(part -> part.isEmpty() || part.endsWith("\n"));
    assertThat(String.join("", parts).lines().filter(line -> line.contains("polls_total{")))
        .as("one for each way in which a poll may end")
        .hasSize(3000)
        .doesNotHaveDuplicates();
  }
}
