// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.demo.DemoMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A story of {@code ./heal8s demo} that was told under {@code --json}. */
public final class ShownDemo {

  private ShownDemo() {}

  /**
   * Tells it to its end, which must be a good one. Whoever calls this holds the lock on {@code
   * System.out}.
   *
   * @return the one line that was printed
   */
  public static JsonNode report(String story) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    int exit;
    try {
      exit = DemoMain.run(Map.of(), story, "--json");
    } finally {
      System.setOut(before);
    }
    String line = printed.toString(StandardCharsets.UTF_8).strip();
    assertThat(exit).as(line).isZero();
    assertThat(line.lines()).as("one line under --json").hasSize(1);
    return JsonMapper.shared().readTree(line);
  }
}
