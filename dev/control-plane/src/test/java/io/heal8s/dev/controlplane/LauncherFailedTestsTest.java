// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end of a red ./heal8s test says which tests failed and why, whatever Maven printed before.
 */
class LauncherFailedTestsTest {

  /** As Surefire 3.5 writes it. */
  private static final String REPORT =
      """
      -------------------------------------------------------------------------------
      Test set: io.heal8s.operator.ScaleTest
      -------------------------------------------------------------------------------
      Tests run: 3, Failures: 1, Errors: 1, Skipped: 0, Time elapsed: 0.2 s <<< FAILURE! -- in io.heal8s.operator.ScaleTest
      io.heal8s.operator.ScaleTest.scalesOnce -- Time elapsed: 0.1 s <<< FAILURE!
      org.opentest4j.AssertionFailedError:\s

      expected: 1
       but was: 2
      \tat io.heal8s.operator.ScaleTest.scalesOnce(ScaleTest.java:21)
      \tat java.base/java.lang.reflect.Method.invoke(Method.java:565)

      io.heal8s.operator.ScaleTest.scalesBack -- Time elapsed: 0.1 s <<< ERROR!
      java.lang.IllegalStateException: away
      \tat io.heal8s.operator.ScaleTest.scalesBack(ScaleTest.java:33)
      """;

  @TempDir Path repository;

  private Path begun;

  @BeforeEach
  void aRunThatBegan() throws Exception {
    begun = Files.createFile(repository.resolve("begun"));
    Files.setLastModifiedTime(begun, FileTime.from(Instant.EPOCH.plusSeconds(1_000)));
  }

  @Test
  void tellsEachFailedTestAndTheBeginningOfItsReason() throws Exception {
    report("operator", "io.heal8s.operator.ScaleTest.txt", REPORT, 1_001);

    assertThat(told())
        .isEqualTo(
            """
            heal8s: failed: io.heal8s.operator.ScaleTest.scalesOnce
                org.opentest4j.AssertionFailedError:\s
                expected: 1
                 but was: 2
                \tat io.heal8s.operator.ScaleTest.scalesOnce(ScaleTest.java:21)
            heal8s: failed: io.heal8s.operator.ScaleTest.scalesBack
                java.lang.IllegalStateException: away
                \tat io.heal8s.operator.ScaleTest.scalesBack(ScaleTest.java:33)
            """);
  }

  @Test
  void tellsNothingOfAnEarlierRun() throws Exception {
    report("operator", "io.heal8s.operator.ScaleTest.txt", REPORT, 999);

    assertThat(told()).isEmpty();
  }

  private void report(String module, String name, String text, long writtenAt) throws Exception {
    Path folder = Files.createDirectories(repository.resolve(module + "/target/surefire-reports"));
    Path report = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(report, FileTime.from(Instant.EPOCH.plusSeconds(writtenAt)));
  }

  private String told() throws Exception {
    Path script = Path.of("../launcher/tests.sh").toAbsolutePath().normalize();
    Process shell =
        new ProcessBuilder(
                "bash",
                "-c",
                ". \"$0\"; tell_failed_tests \"$1\" \"$2\"",
                script.toString(),
                repository.toString(),
                begun.toString())
            .redirectErrorStream(true)
            .start();
    shell.getOutputStream().close();
    String told = new String(shell.getInputStream().readAllBytes());
    assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).isZero();
    return told;
  }
}
