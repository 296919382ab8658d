// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;

/** {@code ./heal8s demo graphql}. */
class GraphqlDemoTest {

  private static final List<String> FIGURES =
      List.of("unhealthyToRemediationMs", "remediationToRestartMs", "restartToSeenHealthyMs");

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void anAppThatSaysItIsUnhealthyIsRestartedUnderThePolicyThatAdoptPrints() {
    JsonNode report = ShownDemo.report("graphql");

    assertThat(report.propertyNames())
        .containsExactlyInAnyOrder(
            "phase",
            "app",
            "podBefore",
            "podAfter",
            "unhealthyToRemediationMs",
            "remediationToRestartMs",
            "restartToSeenHealthyMs");
    assertThat(report.path("phase").asString()).isEqualTo("Succeeded");
    assertThat(report.path("app").asString()).isEqualTo("payment");
    assertThat(report.path("podBefore").asString()).startsWith("payment-");
    assertThat(report.path("podAfter").asString())
        .startsWith("payment-")
        .isNotEqualTo(report.path("podBefore").asString());
    for (String figure : FIGURES) {
      assertThat(report.path(figure).isIntegralNumber()).as(figure).isTrue();
      assertThat(report.path(figure).asLong()).as(figure).isNotNegative();
    }
  }
}
