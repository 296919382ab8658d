// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e;

import io.heal8s.dev.suite.Distribution;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command of {@code ./heal8s} that was called as a person calls it: a process of its own, on the
 * class path of the distribution.
 *
 * @param code with which it ended
 * @param out what it printed
 * @param err what it complained of
 */
public record CalledCommand(int code, String out, String err) {

  /**
   * Waits for its end.
   *
   * @param environment set beside the one of this process
   */
  public static CalledCommand call(Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(Distribution.find(System.getenv()).people());
    line.addAll(arguments);
    Path err = Files.createTempFile("heal8s-called", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(line).redirectError(err.toFile()).redirectInput(new File("/dev/null"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new CalledCommand(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }
}
