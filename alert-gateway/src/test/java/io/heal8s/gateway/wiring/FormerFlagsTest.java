// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerFlagsTest {

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--webhook-port=9000 | --server.port=9000 | the port of the webhook",
        "-webhook-port 9000 | --server.port=9000 | Go's flags have one dash as well, and a space",
        "--metrics-bind-address=:8080 | --heal8s.gateway.metrics-port=8080 | an address without host",
        "--metrics-bind-address=0.0.0.0:81 | --heal8s.gateway.metrics-port=81 | one with a host",
        "--metrics-bind-address=0 | --heal8s.gateway.metrics-port=-1 | no metrics at all",
        "--health-probe-bind-address :9 | --heal8s.management.port=9 | probes",
        "--kubeconfig=/k | --heal8s.kubernetes.kubeconfig=/k | where the cluster is",
        "--leader-elect | '' | all replicas work",
        "--leader-elect=false | '' | all replicas work",
        "--leader-elect --webhook-port=1 | --server.port=1 | a switch takes no next argument",
        "--zap-log-level=debug | --logging.level.io.heal8s=debug | log level",
        "--zap-log-level=5 | --logging.level.io.heal8s=trace | zap's numbers are verbose",
        "--zap-encoder=console | --logging.structured.format.console= | text instead of JSON",
        "--zap-encoder=json | '' | JSON is what we do anyway",
        "--zap-time-encoding=iso8601 | '' | accepted, our times are that",
        "--heal8s.gateway.timeout=3s | --heal8s.gateway.timeout=3s | today's settings pass through",
        "--server.port=1 --debug | --server.port=1 --debug | Spring's own pass through"
      })
  void areUnderstood(String former, String today, String because) {
    assertThat(String.join(" ", AlertGatewayApplication.FORMER_FLAGS.translate(former.split(" "))))
        .as(because)
        .isEqualTo(today);
  }

  @Test
  void aValueThatNeverWasOneIsNamed() {
    assertThatThrownBy(
            () -> AlertGatewayApplication.FORMER_FLAGS.translate("--metrics-bind-address=here"))
        .hasMessage("--metrics-bind-address is 'here': write an address such as :8080");
    assertThatThrownBy(() -> AlertGatewayApplication.FORMER_FLAGS.translate("--webhook-port"))
        .hasMessage("--webhook-port needs a value");
  }
}
