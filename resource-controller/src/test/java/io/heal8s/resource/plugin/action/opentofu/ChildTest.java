// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a program whose process is killed. */
class ChildTest {

  /** Counts its interrupts and does not end by them. */
  private static final String COUNTING =
      """
      trap 'echo interrupted >> interrupts' INT
      echo $$ > begun.new; mv begun.new begun
      while :; do sleep 0.1; done
      """;

  /** As a script starts its background: without ears for interrupts. */
  private static final String DEAF = "trap '' INT; exec \"$@\"";

  /** Enough for a shell to hear an interrupt on a machine that does much else. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final String STOPPED = "stopped before";
  private static final String NOT_STOPPED = "not stopped";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {STOPPED, NOT_STOPPED})
  void itIsInterruptedOnceAndThenKilled(String how) throws Exception {
    Process owner =
        new ProcessBuilder(
                "sh",
                "-c",
                DEAF,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildTest.class.getName(),
                folder.toString(),
                how)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(folder.resolve("ready")) || !owner.isAlive());
      assertThat(owner.isAlive()).isTrue();
    } finally {
      owner.destroyForcibly();
    }
    long program = Long.parseLong(Files.readString(folder.resolve("begun")).strip());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.of(program).filter(ProcessHandle::isAlive).isEmpty());
    assertThat(folder.resolve("interrupts"))
        .as("a second interrupt would make it end at once and lose its state")
        .hasContent("interrupted\n");
  }

  /** Starts a program and waits to be killed, or for the end of the test. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    try (Child child = started(folder, COUNTING)) {
      while (Files.notExists(folder.resolve("begun"))) {
        child.hasEnded(Duration.ofMillis(20));
      }
      if (args[1].equals(STOPPED)) {
        child.stop();
        while (Files.notExists(folder.resolve("interrupts"))) {
          child.hasEnded(Duration.ofMillis(20));
        }
      }
      Files.createFile(folder.resolve("ready"));
      while (System.in.read() >= 0) {
        // Nothing is said.
      }
    }
  }

  private static Child started(Path folder, String script) {
    return Child.start(
        List.of("sh", "-c", script),
        folder,
        folder.resolve("said"),
        Map.of("PATH", System.getenv("PATH")),
        GRACE);
  }

  @Test
  void itHasItsOwnExitCodeAndWords() throws IOException, InterruptedException {
    try (Child child = started(folder, "echo \"$0\"; cat; exit 3")) {
      assertThat(child.hasEnded(Duration.ofSeconds(30))).isTrue();
      assertThat(child.exitValue()).isEqualTo(3);
      assertThat(folder.resolve("said")).as("and hears nothing").hasContent("sh\n");
    }
  }
}
