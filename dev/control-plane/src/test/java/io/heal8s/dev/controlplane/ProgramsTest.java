// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

  private static final String HELLO =
      """
      package main

      import "fmt"

      var greeting = "unset"

      func main() { fmt.Println(greeting) }
      """;

  @TempDir Path cache;
  private final List<String> progress = new CopyOnWriteArrayList<>();

  @Test
  void aProgramIsBuiltOnceEvenIfManyAskAtTheSameTime() throws Exception {
    GoProgram hello = hello(HELLO).withLinkerVariables("main.greeting=hi");
    Callable<Path> ask = () -> programs(System.getenv()).path(hello);
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Path> answer : askers.invokeAll(List.of(ask, ask, ask))) {
        assertThat(answer.get()).isExecutable();
      }
    }
    assertThat(progress).filteredOn(line -> line.startsWith("built hello 1.0 in")).hasSize(1);
    assertThat(progress).contains("waiting for another build of hello 1.0");
    assertThat(output(programs(System.getenv()).path(hello))).isEqualTo("hi\n");
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder(hello.cacheFolder(), ".lock-hello");
    }
  }

  @Test
  void whatIsInTheCacheNeedsNoGo() {
    GoProgram hello = hello(HELLO);
    Path built = programs(System.getenv()).path(hello);
    Programs withoutGo = programs(Map.of());
    assertThat(withoutGo.path(hello)).isEqualTo(built);
    assertThat(withoutGo.available(hello)).isTrue();
  }

  @Test
  void aBuildThatFailsShowsWhatGoSaidAndLeavesNothingThatLooksBuilt() {
    GoProgram broken = hello("package main\nfunc main() { neverDefined() }\n");
    assertThatThrownBy(() -> programs(System.getenv()).path(broken))
        .isInstanceOf(ProgramUnavailableException.class)
        .hasMessageContaining("cannot build hello 1.0")
        .hasMessageContaining("undefined: neverDefined");
    assertThat(programs(System.getenv()).cached(broken)).isNull();
  }

  @Test
  void whatAKilledBuildLeftIsRemovedByTheNext() throws Exception {
    Path leftover = Files.createDirectory(cache.resolve(".building-hello-123"));
    Files.writeString(leftover.resolve("half"), "half");
    Path ofAnother = Files.createDirectory(cache.resolve(".building-other-123"));
    programs(System.getenv()).path(hello(HELLO));
    assertThat(leftover).doesNotExist();
    assertThat(ofAnother).as("another program's build may be running").exists();
  }

  @Test
  void everyInputOfTheBuildChangesItsPlaceInTheCache() {
    GoProgram hello = hello(HELLO);
    assertThat(
            Stream.of(
                    hello,
                    hello(HELLO + "\n"),
                    hello.withLinkerVariables("main.greeting=hi"),
                    hello.withTags("fast"),
                    hello.withCgo(),
                    hello.carrying("example.com/x", "files"))
                .map(GoProgram::cacheFolder))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("hello-1.0-"));
    assertThat(hello(HELLO).cacheFolder()).isEqualTo(hello.cacheFolder());
  }

  @Test
  void thePinnedVersionsAreReadFromTheirModules() {
    assertThat(PinnedPrograms.all())
        .allSatisfy(program -> assertThat(program.version()).matches("\\d+\\.\\d+\\.\\d+"))
        .extracting(GoProgram::name)
        .doesNotHaveDuplicates();
    assertThat(PinnedPrograms.kubectl().version())
        .isEqualTo(PinnedPrograms.kubeApiServer().version());
  }

  private Programs programs(Map<String, String> environment) {
    return new Programs(cache, environment, progress::add);
  }

  private static GoProgram hello(String source) {
    GoModule module =
        new GoModule(
            new TreeMap<>(
                Map.of("go.mod", "module example.com/hello\n\ngo 1.26.0\n", "main.go", source)));
    return GoProgram.of("hello", "1.0", module, ".");
  }

  private static String output(Path program) throws IOException {
    Process process = new ProcessBuilder(program.toString()).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
