// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import com.google.gson.Gson;
import io.heal8s.dev.controlplane.GoModule;
import io.heal8s.dev.controlplane.GoProgram;
import io.heal8s.dev.controlplane.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The stock client that drives both sides of the intake benchmark: a small Go program over HTTP/2.
 */
final class Load {

  private final Path program;

  Load(Programs programs) {
    GoModule module = GoModule.onClassPath(Load.class, "/go/load", "go.mod", "main.go");
    this.program = programs.path(GoProgram.of("load", "1", module, "."));
  }

  /**
   * What one run measured.
   *
   * @param count requests that were asked for
   * @param seconds duration of the whole
   * @param perSecond answers per second
   * @param p50Ms median of the last try of each request
   * @param p99Ms 99th percentile of the same
   * @param statuses how often each HTTP status was the last one; 0 means no answer
   * @param retries tries that were repeated
   * @param givenUp requests without an accepted answer
   */
  record Result(
      int count,
      double seconds,
      double perSecond,
      double p50Ms,
      double p99Ms,
      Map<String, Integer> statuses,
      long retries,
      long givenUp) {

    int accepted() {
      return statuses.getOrDefault("200", 0) + statuses.getOrDefault("201", 0);
    }
  }

  /** Starts a run; {@link Running#result} waits for its end. */
  Running start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(program.toString());
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new Running(process);
  }

  /** A run that goes on. */
  record Running(Process process) {

    Result result() throws IOException, InterruptedException {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the load program failed; its message is above");
      }
      return new Gson().fromJson(output, Result.class);
    }
  }
}
