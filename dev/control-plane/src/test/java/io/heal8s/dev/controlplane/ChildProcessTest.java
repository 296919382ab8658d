// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  @TempDir Path folder;

  @Test
  void theExitCodeAndTheEndOfTheLogAreTheProgramsOwn() throws Exception {
    ChildProcess child = shell("echo one; echo two >&2; echo three; exit 7").start();
    assertThat(child.onExit().get(60, TimeUnit.SECONDS)).isEqualTo(7);
    assertThat(child.lastLogLines(2)).isEqualTo("two\nthree");
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void theProcessIdIsTheProgramsOwn() throws Exception {
    ChildProcess child = shell("echo $$").start();
    child.onExit().get(60, TimeUnit.SECONDS);
    assertThat(child.lastLogLines(1))
        .as("a signal to pid() must reach the program and not a wrapper")
        .isEqualTo(Long.toString(child.pid()));
  }

  @Test
  void itGetsItsEnvironmentAndNeverAKubeconfig() throws Exception {
    ChildProcess child =
        shell("echo \"$COLOUR ${KUBECONFIG-unset}\"").with("COLOUR", "blue").start();
    child.onExit().get(60, TimeUnit.SECONDS);
    assertThat(System.getenv("KUBECONFIG")).as("the build sets one to catch this").isNotNull();
    assertThat(child.lastLogLines(1)).isEqualTo("blue unset");
  }

  @Test
  void stopAsksFirst() throws Exception {
    ChildProcess child =
        shell("trap 'echo tidied up; exit 0' TERM; echo on; while :; do sleep 0.05; done").start();
    await().until(() -> child.lastLogLines(1).equals("on"));
    child.stop();
    assertThat(child.lastLogLines(1)).isEqualTo("tidied up");
    assertThat(child.onExit().get(60, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void stopKillsWhatDoesNotListen() throws Exception {
    ChildProcess child =
        shell("trap '' TERM; echo on; while :; do sleep 0.05; done")
            .withGrace(Duration.ofSeconds(1))
            .start();
    await().until(() -> child.lastLogLines(1).equals("on"));
    child.stop();
    assertThat(child.onExit().get(60, TimeUnit.SECONDS)).as("128 + KILL").isEqualTo(137);
  }

  @Test
  void aPausedProgramStandsStillAndCanBeStopped() throws Exception {
    Path ticks = folder.resolve("ticks");
    ChildProcess child =
        shell("while :; do echo tick >> ticks; sleep 0.02; done")
            .withGrace(Duration.ofSeconds(1))
            .start();
    await().until(() -> Files.exists(ticks));
    child.pause();
    long atPause = Files.size(ticks);
    await().during(Duration.ofMillis(300)).until(() -> Files.size(ticks) == atPause);
    assertThat(child.isAlive()).isTrue();
    long before = Files.size(ticks);
    child.resume();
    await().until(() -> Files.size(ticks) > before);
    child.pause();
    child.close();
    assertThat(child.isAlive()).as("a frozen program cannot hear TERM, so it is killed").isFalse();
  }

  @Test
  void noWatcherStaysBehind() throws Exception {
    ChildProcess child = shell("while [ ! -e over ]; do sleep 0.05; done").start();
    ProcessHandle program = ProcessHandle.of(child.pid()).orElseThrow();
    // It is there before the program is; what sleeps is another one.
    await().until(() -> program.children().anyMatch(ChildProcessTest::isShell));
    List<ProcessHandle> watchers = program.children().filter(ChildProcessTest::isShell).toList();
    assertThat(watchers).isNotEmpty();
    Files.createFile(folder.resolve("over"));
    child.onExit().get(60, TimeUnit.SECONDS);
    await().until(() -> watchers.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static boolean isShell(ProcessHandle process) {
    return process.info().arguments().stream()
        .flatMap(Arrays::stream)
        .anyMatch("script-watchdog"::equals);
  }

  private ChildCommand shell(String script) {
    return ChildCommand.of(
        "script", List.of("/bin/sh", "-c", script), folder, folder.resolve("script.log"));
  }
}
