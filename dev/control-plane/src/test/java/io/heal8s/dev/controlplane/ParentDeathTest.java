// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills real parents: children must never outlive them. */
class ParentDeathTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Parent> started = new ArrayList<>();

  /** Of these parents alone: anybody's next cluster removes what dead ones have left. */
  @TempDir Path temporary;

  /** A test that fails half-way must not leave a cluster that holds the build's output open. */
  @AfterEach
  void nothingStays() {
    started.forEach(parent -> parent.process.destroyForcibly());
    await().atMost(PATIENCE).until(() -> started.stream().allMatch(ParentDeathTest::isGone));
  }

  private static boolean isGone(Parent parent) {
    return !parent.process.isAlive() && parent.children.stream().noneMatch(ParentDeathTest::alive);
  }

  @Test
  void aClusterEndsWithAParentThatIsKilled() throws Exception {
    Parent parent = start("cluster");
    assertThat(parent.children)
        .as("etcd and kube-apiserver run")
        .hasSize(2)
        .allMatch(ParentDeathTest::alive);

    parent.process.destroyForcibly();

    await()
        .atMost(PATIENCE)
        .until(() -> parent.children.stream().noneMatch(ParentDeathTest::alive));
    assertThat(parent.directory).as("nobody was left to delete it").exists();
    Parent next = start("files");
    assertThat(next.directory).exists();
    assertThat(parent.directory).as("the next cluster removes it").doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void aClusterEndsInOrderWithAParentThatIsAskedToEnd(String signal) throws Exception {
    Parent parent = start("cluster");

    Signals.send(signal, parent.process);

    assertThat(parent.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await()
        .atMost(PATIENCE)
        .until(() -> parent.children.stream().noneMatch(ParentDeathTest::alive));
    assertThat(parent.directory).as("an orderly end leaves nothing").doesNotExist();
  }

  /** As nohup does, and a script with its jobs in the background. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void aClusterEndsWithAParentThatIgnoresTheTerminal(String signal) throws Exception {
    Parent parent =
        start(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"), "cluster");

    Signals.send(signal, parent.process);

    assertThat(parent.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await()
        .atMost(PATIENCE)
        .until(() -> parent.children.stream().noneMatch(ParentDeathTest::alive));
  }

  @Test
  void aChildThatIgnoresTermIsKilledAfterItsGrace(@TempDir Path folder) throws Exception {
    Parent parent = start("stubborn", folder.toString());
    assertThat(parent.children).hasSize(1).allMatch(ParentDeathTest::alive);

    parent.process.destroyForcibly();

    await()
        .atMost(PATIENCE)
        .until(() -> parent.children.stream().noneMatch(ParentDeathTest::alive));
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private Parent start(String... arguments) throws Exception {
    return start(Signals.undoIgnored(), arguments);
  }

  private Parent start(List<String> by, String... arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> line = new ArrayList<>(by);
    line.addAll(List.of(java.toString(), "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp"));
    line.add(System.getProperty("java.class.path"));
    line.add(DoomedParent.class.getName());
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Parent parent = new Parent(process);
    started.add(parent);
    BufferedReader output = process.inputReader();
    for (String said = output.readLine(); !"ready".equals(said); said = output.readLine()) {
      if (said == null) {
        throw new IllegalStateException("the parent ended before it was ready");
      }
      parent.learn(said);
    }
    return parent;
  }

  private static final class Parent {
    private final Process process;
    private final List<Long> children = new ArrayList<>();
    private Path directory = Path.of("never told");

    private Parent(Process process) {
      this.process = process;
    }

    private void learn(String said) {
      List<String> words = Stream.of(said.split(" ", 2)).toList();
      switch (words.getFirst()) {
        case "child" -> children.add(Long.valueOf(words.get(1)));
        case "directory" -> directory = Path.of(words.get(1));
        default -> throw new IllegalStateException("did not expect: " + said);
      }
    }
  }
}
