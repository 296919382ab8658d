// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs ./heal8s as a person does, on a machine that has only what the test puts on its PATH. */
class LauncherTest {

  @TempDir Path home;
  private Path bin = Path.of("set in @BeforeEach");

  @BeforeEach
  void aMachineWithTheUsualCommands() throws IOException {
    bin = Files.createDirectory(home.resolve("bin"));
    for (String command :
        List.of("bash", "dirname", "mktemp", "rm", "cat", "grep", "sed", "mkdir", "env")) {
      Path found =
          Stream.of("/bin", "/usr/bin")
              .map(folder -> Path.of(folder, command))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(bin.resolve(command), found);
    }
  }

  @Test
  void helpNeedsNothing() throws Exception {
    Said said = launch("--help");
    assertThat(said.code).as(said.err).isZero();
    assertThat(said.out).contains("./heal8s demo", "./heal8s test", "./heal8s edit");
    assertThat(launch().out).as("no command at all is a question too").isEqualTo(said.out);
  }

  @Test
  void anUnknownCommandIsNamed() throws Exception {
    Said said = launch("dmeo");
    assertThat(said.code).isEqualTo(2);
    assertThat(said.err).startsWith("heal8s: there is no command dmeo");
    assertThat(said.out).isEmpty();
  }

  @Test
  void everythingThatIsMissingIsToldAtOnceBeforeAnythingIsDone() throws Exception {
    goOfVersion("1.19.8");
    Said said = launch("test");
    assertThat(said.code).isEqualTo(1);
    assertThat(said.err.lines())
        .as("one line each, with what and how; a JDK is found in its usual places")
        .satisfiesExactly(
            line -> assertThat(line).startsWith("heal8s: missing: Maven").contains("Install"),
            line -> assertThat(line).startsWith("heal8s: missing: git").contains("Install"),
            line -> assertThat(line).startsWith("heal8s: missing: Go 1.26").contains("Install"),
            line -> assertThat(line).startsWith("heal8s: missing: npm").contains("Install"));
    assertThat(home.resolve(".cache")).doesNotExist();
  }

  @Test
  void aGivenClusterNeedsNoGo() throws Exception {
    goOfVersion("1.19.8");
    Said said = launch("demo", "HEAL8S_CLUSTER=kubeconfig:/some/file");
    assertThat(said.err).contains("missing: git").doesNotContain("missing: Go");
  }

  @Test
  void anOldGoIsAsGoodAsNone() throws Exception {
    goOfVersion("1.19.8");
    assertThat(launch("demo").err).contains("missing: Go 1.26");
    goOfVersion("1.26.0");
    assertThat(launch("demo").err).doesNotContain("missing: Go 1.26");
  }

  private void goOfVersion(String version) throws IOException {
    Path go = bin.resolve("go");
    Files.writeString(go, "#!/bin/sh\necho go version go%s linux/amd64\n".formatted(version));
    assertThat(go.toFile().setExecutable(true)).isTrue();
  }

  /** Arguments with an equals sign are environment variables. */
  private Said launch(String... arguments) throws IOException, InterruptedException {
    Path repository = Path.of("").toAbsolutePath().resolve("../..").normalize();
    ProcessBuilder builder = new ProcessBuilder(repository.resolve("heal8s").toString());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", home.toString());
    // The JDK of this very test, wherever it is.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    for (String argument : arguments) {
      List<String> parts = List.of(argument.split("=", 2));
      if (parts.size() == 2) {
        builder.environment().put(parts.getFirst(), parts.get(1));
      } else {
        builder.command().add(argument);
      }
    }
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Said(
        process.exitValue(), text(process.getInputStream()), text(process.getErrorStream()));
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private record Said(int code, String out, String err) {}
}
