// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.controlplane.HelmChart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart of KCO had in config and the chart of the monitor has elsewhere. */
class FormerValuesTest {

  @ParameterizedTest(name = "config={0} and {1}={2}: {3} is {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                        | metrics.port    | 8080  | KCO_METRICS_PORT       | 8080
          {"metricsPort": 9090}     | metrics.port    | 8080  | KCO_METRICS_PORT       | 9090
          {"metricsPort": 9090}     | metrics.port    | 9100  | KCO_METRICS_PORT       | 9100
          {"metricsEnabled": false} | metrics.enabled | true  | KCO_METRICS_ENABLED    | false
          {"metricsEnabled": true}  | metrics.enabled | false | KCO_METRICS_ENABLED    | false
          {"healthPort": 9091}      | health.port     | 8081  | HEAL8S_MANAGEMENT_PORT | 9091
          {"healthPort": 9091}      | health.port     | 9100  | HEAL8S_MANAGEMENT_PORT | 9100
          """)
  void countUnlessTodaysValueIsNotTheDefault(
      String former, String path, String today, String variable, String value) {
    HelmChart chart = Charts.chart("graphql-monitor").set("config", former).set(path, today);

    assertThat(chart.render().lines().map(String::strip))
        .containsSequence("- name: " + variable, "value: \"" + value + "\"");
  }
}
