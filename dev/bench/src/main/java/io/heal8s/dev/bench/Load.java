// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import com.google.gson.Gson;
import io.heal8s.dev.controlplane.GoModule;
import io.heal8s.dev.controlplane.GoProgram;
import io.heal8s.dev.controlplane.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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

    /**
     * Itself.
     *
     * @throws IllegalStateException when anything was refused: a refusal is quick, and a rate of
     *     refusals is no throughput
     */
    Result allAccepted() {
      if (accepted() != count) {
        throw new IllegalStateException(
            "%d of %d requests were not accepted; answers by status: %s"
                .formatted(count - accepted(), count, statuses));
      }
      return this;
    }
  }

  /** Starts a run; {@link Running#result} waits for its end. */
  Running start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(program.toString());
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new Running(
        process,
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
  }

  /** A run that goes on. */
  record Running(Process process, BufferedReader output) {

    /** Waits until as many requests were answered as {@code --mark} says. */
    void awaitMark() throws IOException {
      if (output.readLine() == null) {
        throw new IllegalStateException("the load program failed; its message is above");
      }
    }

    /** Whether it still has requests to send. */
    boolean goesOn() {
      return process.isAlive();
    }

    Result result() throws IOException, InterruptedException {
      String line = output.readLine();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the load program failed; its message is above");
      }
      return new Gson().fromJson(line, Result.class);
    }
  }
}
