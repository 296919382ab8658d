// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormerFlagsTest {

  record Case(List<String> given, List<String> taken, String because) {}

  static Stream<Case> flags() {
    return Stream.of(
        new Case(
            List.of("--leader-elect"),
            List.of("--heal8s.leader-election.enabled=true"),
            "a switch needs no value"),
        new Case(
            List.of("-leader-elect=false"),
            List.of("--heal8s.leader-election.enabled=false"),
            "Go takes one dash as well"),
        new Case(
            List.of("--metrics-bind-address", ":8080"),
            List.of("--heal8s.operator.metrics-port=8080"),
            "the value may be the next argument"),
        new Case(
            List.of("--metrics-bind-address=0"),
            List.of("--heal8s.operator.metrics-port=-1"),
            "0 switched the listener off"),
        new Case(
            List.of("--health-probe-bind-address=0.0.0.0:9081"),
            List.of("--heal8s.management.port=9081"),
            "probes are on the management port"),
        new Case(
            List.of("--webhook-port=8082"),
            List.of("--heal8s.operator.former-webhook-port=8082"),
            "accepted, and told"),
        new Case(
            List.of("--kubeconfig", "/k"),
            List.of("--heal8s.kubernetes.kubeconfig=/k"),
            "where the cluster is"),
        new Case(
            List.of("--zap-log-level=5", "--zap-stacktrace-level=error"),
            List.of("--logging.level.io.heal8s=trace"),
            "zap's numbers are more than debug; stack traces are what they are"),
        new Case(
            List.of("--heal8s.operator.workers=2", "plain"),
            List.of("--heal8s.operator.workers=2", "plain"),
            "everything else is Spring's"));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void areTaken(Case row) {
    assertThat(
            RemediationOperatorApplication.FORMER_FLAGS.translate(
                row.given().toArray(String[]::new)))
        .as(row.because())
        .containsExactlyElementsOf(row.taken());
  }

  @Test
  void aWrongValueIsNamed() {
    assertThatThrownBy(
            () ->
                RemediationOperatorApplication.FORMER_FLAGS.translate("--metrics-bind-address=web"))
        .hasMessageContaining("--metrics-bind-address is 'web'");
    assertThatThrownBy(
            () -> RemediationOperatorApplication.FORMER_FLAGS.translate("--leader-elect=maybe"))
        .hasMessageContaining("write true or false");
    assertThatThrownBy(() -> RemediationOperatorApplication.FORMER_FLAGS.translate("--kubeconfig"))
        .hasMessageContaining("needs a value");
  }
}
