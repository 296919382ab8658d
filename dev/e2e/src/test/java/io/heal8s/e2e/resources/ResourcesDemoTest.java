// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.demo.DemoMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./heal8s demo resources}. */
class ResourcesDemoTest {

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void aDatabaseClusterIsMadeChangedAndRemoved() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    int exit;
    try {
      exit = DemoMain.run(Map.of(), "resources", "--json");
    } finally {
      System.setOut(before);
    }

    String line = printed.toString(StandardCharsets.UTF_8).strip();
    assertThat(exit).as(line).isZero();
    assertThat(line.lines()).as("one line under --json").hasSize(1);
    JsonNode report = JsonMapper.shared().readTree(line);
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
