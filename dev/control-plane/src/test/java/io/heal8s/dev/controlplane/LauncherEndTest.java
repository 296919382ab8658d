// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends ./heal8s while it builds: nothing of the build may go on. In a repository of its own. */
class LauncherEndTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Maven has a child, as it has when it starts a compiler or tests. */
  private static final String PLAYED_MAVEN =
      """
      #!/bin/sh
      [ "$*" = "-B --version" ] && echo "Apache Maven ${PLAYED_VERSION:-3.8.6} (played)" && exit
      sleep 300 &
      printf '%s\\n' "$$ $!" >"$PLAYED"/pids.new
      mv "$PLAYED"/pids.new "$PLAYED"/pids
      wait
      """;

  @TempDir Path home;

  private final List<ProcessHandle> everything = new ArrayList<>();

  @BeforeEach
  void aRepositoryOfItsOwn() throws Exception {
    Path here = Path.of("").toAbsolutePath().resolve("../..").normalize();
    try (Stream<Path> files = Files.walk(here.resolve("dev/launcher"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(here, file);
      }
    }
    copy(here, here.resolve("heal8s"));
    Path maven = Files.createDirectories(home.resolve("bin")).resolve("mvn");
    Files.writeString(maven, PLAYED_MAVEN);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    run("git", "init", "-q", repository().toString());
  }

  @AfterEach
  void nothingStays() {
    everything.forEach(ProcessHandle::destroyForcibly);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void theBuildEndsWithALauncherThatIsAskedToEnd(String signal, int code) throws Exception {
    Process launcher = launchAndAwaitMaven();

    Signals.send(signal, launcher);

    assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(code);
    await().atMost(PATIENCE).until(() -> everything.stream().noneMatch(ProcessHandle::isAlive));
    try (Stream<Path> left = Files.list(Files.createDirectories(home.resolve("tmp")))) {
      assertThat(left).as("an orderly end leaves no files").isEmpty();
    }
  }

  @Test
  void theBuildEndsWithALauncherThatIsKilled() throws Exception {
    Process launcher = launchAndAwaitMaven();

    launcher.destroyForcibly();

    await().atMost(PATIENCE).until(() -> everything.stream().noneMatch(ProcessHandle::isAlive));
  }

  @ParameterizedTest
  @CsvSource({"3.6.3", "3.8.5"})
  void anOldMavenIsSaidBeforeAnythingIsBuilt(String version) throws Exception {
    Process launcher = launch(Map.of("PLAYED_VERSION", version));

    assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(1);
    assertThat(Files.readString(home.resolve("said")))
        .isEqualTo(
            "heal8s: missing: Maven 3.8.6 or newer; the mvn on the PATH is %s. Install a newer one.%n"
                .formatted(version));
  }

  private Process launchAndAwaitMaven() throws Exception {
    Process launcher = launch(Map.of());
    await().atMost(PATIENCE).until(() -> Files.exists(home.resolve("pids")) || !launcher.isAlive());
    assertThat(home.resolve("pids")).as(Files.readString(home.resolve("said"))).exists();
    for (String pid : Files.readString(home.resolve("pids")).strip().split(" ")) {
      everything.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
    }
    assertThat(everything).hasSize(3).allMatch(ProcessHandle::isAlive);
    return launcher;
  }

  private Process launch(Map<String, String> environment) throws Exception {
    List<String> line = new ArrayList<>(Signals.undoIgnored());
    line.addAll(List.of(repository().resolve("heal8s").toString(), "cluster", "kubeconfig"));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(home.resolve("said").toFile());
    builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("TMPDIR", Files.createDirectories(home.resolve("tmp")).toString());
    builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HEAL8S_CLUSTER", "kubeconfig:/none");
    builder.environment().put("PLAYED", home.toString());
    builder.environment().putAll(environment);
    Process launcher = builder.start();
    everything.add(launcher.toHandle());
    return launcher;
  }

  private Path repository() {
    return home.resolve("repository");
  }

  private void copy(Path root, Path file) throws IOException {
    Path target = repository().resolve(root.relativize(file));
    Files.createDirectories(target.getParent());
    Files.copy(file, target);
  }

  private static void run(String... line) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
  }
}
