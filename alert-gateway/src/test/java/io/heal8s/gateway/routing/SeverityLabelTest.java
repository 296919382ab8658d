// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityLabelTest {

  @ParameterizedTest(name = "{0} is {1}: {2}")
  @CsvSource({
    "critical, critical, our own word",
    "warning, warning, our own word",
    "info, info, our own word",
    "CRITICAL, critical, any case",
    "page, critical, a person is woken",
    "error, critical, Loki's and Grafana's usual word",
    "none, info, the watchdog's severity",
    "'', warning, none was given",
    "P3, warning, nobody knows what it means here",
    "criticaler, warning, no guessing by prefix"
  })
  void isUnderstood(String label, Severity expected, String because) {
    assertThat(SeverityLabel.of(label)).as(because).isEqualTo(expected);
  }
}
