// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerEnvironmentTest {

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "KCO_LOG_LEVEL | DEBUG | --logging.level.io.heal8s=debug",
        "kco_log_level | warning | --logging.level.io.heal8s=warn",
        "KCO_LOG_FORMAT | plain | --logging.structured.format.console=",
        "KCO_LOG_FORMAT | json | --logging.structured.format.console=logstash",
        "KCO_METRICS_PORT | 9090 | --heal8s.graphql.metrics-port=9090",
        "KCO_METRICS_ENABLED | false | --heal8s.graphql.metrics-port=-1",
        "KCO_METRICS_ENABLED | true | ''",
        "KCO_HEALTH_PORT | 9091 | --heal8s.management.port=9091",
        "KCO_RATE_LIMIT_REQUESTS | 7 | --heal8s.graphql.requests-per-minute=7",
        "KCO_GRAPHQL_TIMEOUT | 20 | --heal8s.graphql.timeout=20s",
        "Kco_Graphql_Max_Retries | 0 | --heal8s.graphql.retries=0",
        "KCO_DEFAULT_POLLING_INTERVAL | 60 | --heal8s.graphql.interval=60s",
        "KCO_ACTION_EXECUTION_TIMEOUT | 120 | --heal8s.graphql.action-timeout=120s",
        "KCO_NAMESPACE | shop | --heal8s.graphql.namespaces=shop",
        "KCO_NAMESPACE | '' | ''",
        "KCO_GRAPHQL_API_ENABLED | true | --heal8s.graphql.api.enabled=true",
        "OTHER | 1 | ''"
      })
  void hasAnEffect(String name, String value, String today) {
    assertThat(String.join(" ", FormerEnvironment.translate(Map.of(name, value)))).isEqualTo(today);
  }

  @Test
  void whatIsSaidTodayCountsMore() {
    Map<String, String> environment =
        Map.of(
            "KCO_GRAPHQL_TIMEOUT", "20",
            "KCO_RATE_LIMIT_REQUESTS", "7",
            "HEAL8S_GRAPHQL_REQUESTSPERMINUTE", "9",
            "KCO_NAMESPACE", "shop");
    assertThat(FormerEnvironment.beside(environment, "--heal8s.graphql.timeout=5s"))
        .containsExactly("--heal8s.graphql.namespaces=shop", "--heal8s.graphql.timeout=5s");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "KCO_LOG_LEVEL | LOUD | write DEBUG, INFO, WARNING, ERROR or CRITICAL",
        "KCO_METRICS_PORT | 80 | write a whole number from 1024 to 65535",
        "KCO_GRAPHQL_TIMEOUT | 61 | write a whole number from 1 to 60",
        "KCO_GRAPHQL_MAX_RETRIES | many | write a whole number from 0 to 10",
        "KCO_DEFAULT_POLLING_INTERVAL | 4 | write a whole number from 5 to 3600",
        "KCO_RATE_LIMIT_REQUESTS | 0 | write a whole number, at least 1",
        "KCO_METRICS_ENABLED | perhaps | write true or false",
        "KCO_GRAPHQL_API_ENABLED | perhaps | write true or false"
      })
  void aWrongValueIsNamed(String name, String value, String wanted) {
    assertThatThrownBy(() -> FormerEnvironment.translate(Map.of(name, value)))
        .hasMessage("%s is '%s': %s".formatted(name, value, wanted));
  }
}
