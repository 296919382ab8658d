// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a program that was sent STOP has stopped: each of its threads goes on until the kernel
 * comes to it, which on a loaded machine takes a while.
 *
 * @param pid of the program
 */
record Standstill(long pid) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(2);

  /**
   * Waits for it.
   *
   * @param name of the program, for messages
   */
  void await(String name) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!isReached()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(name + " does not stand still, it is " + states());
        }
        Thread.sleep(POLL);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while stopping " + name, e);
    }
  }

  private boolean isReached() throws IOException, InterruptedException {
    List<String> states = states();
    return !states.isEmpty() && states.stream().allMatch(state -> state.startsWith("T"));
  }

  // As ps writes them; empty when the program has ended.
  private List<String> states() throws IOException, InterruptedException {
    Path threads = Path.of("/proc", Long.toString(pid), "task");
    return Files.isDirectory(threads) ? ofThreads(threads) : ofProgram();
  }

  private static List<String> ofThreads(Path threads) throws IOException {
    List<String> states = new ArrayList<>();
    try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
      for (Path thread : each) {
        try {
          // The name comes before it, in brackets, and may hold anything.
          String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
          states.add(stat.substring(stat.lastIndexOf(')') + 1).strip());
        } catch (NoSuchFileException ended) {
          // This thread will not move either.
        }
      }
    }
    return states.stream().map(state -> state.substring(0, 1)).toList();
  }

  // Where there is no /proc.
  private List<String> ofProgram() throws IOException, InterruptedException {
    Process ps =
        new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid))
            .redirectErrorStream(true)
            .start();
    String answer = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return ps.waitFor() == 0 ? List.of(answer.strip()) : List.of();
  }
}
