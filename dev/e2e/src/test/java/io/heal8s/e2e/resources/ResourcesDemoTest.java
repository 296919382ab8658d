// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.e2e.demo.ShownDemo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;

/** {@code ./heal8s demo resources}. */
class ResourcesDemoTest {

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void aDatabaseClusterIsMadeChangedAndRemoved() {
    JsonNode report = ShownDemo.report("resources");

    assertThat(report.path("state").asString()).isEqualTo("Deleted");
    assertThat(report.path("runs").asInt())
        .as("create, change, destroy, and the one that got the free name")
        .isEqualTo(4);
    for (String figure :
        new String[] {"createToDispatchMs", "dispatchToReadyMs", "updateToReadyMs", "deleteMs"}) {
      assertThat(report.path(figure).isIntegralNumber()).as(figure).isTrue();
    }
    assertThat(report.path("dispatchToReadyMs").asLong())
        .as("the run itself takes that long")
        .isGreaterThanOrEqualTo(report.path("runMs").asLong());
  }
}
