// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e;

import io.heal8s.dev.suite.Distribution;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of {@code ./heal8s} that was called as a person calls it: a process of its own, on the
 * class path of the distribution.
 *
 * @param code with which it ended
 * @param out what it printed
 * @param err what it complained of
 */
public record CalledCommand(int code, String out, String err) {

  /** Far more than any command takes, and less than the build waits for a test. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /**
   * Waits for its end.
   *
   * @param environment set beside the one of this process
   * @throws IllegalStateException with what it said, when it does not end
   */
  public static CalledCommand call(Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(Distribution.find(System.getenv()).people());
    line.addAll(arguments);
    // To files: who reads a pipe waits for its end, and whatever the command has started holds
    // that.
    Path out = Files.createTempFile("heal8s-called", ".out");
    Path err = Files.createTempFile("heal8s-called", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .redirectInput(new File("/dev/null"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
          throw new IllegalStateException(
              "%s did not end within %d s:%n%s%n%s"
                  .formatted(
                      arguments,
                      LONGEST.toSeconds(),
                      Files.readString(out),
                      Files.readString(err)));
        }
      } finally {
        process.destroyForcibly();
      }
      return new CalledCommand(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
