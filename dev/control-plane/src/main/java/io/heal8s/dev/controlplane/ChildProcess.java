// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that this process started and that never outlives it: not after a normal exit, not
 * after Ctrl-C, not after a crash or SIGKILL.
 *
 * <p>The program keeps the process id that {@link #pid()} tells. Beside it sleeps a small POSIX
 * shell that reads a pipe whose only writing end is held by this process; the kernel closes that
 * end however this process ends, and the shell then sends TERM and, after the grace period, KILL.
 * This works the same on Linux and macOS, which {@code PR_SET_PDEATHSIG} does not.
 */
public final class ChildProcess implements AutoCloseable {

  // The shell becomes the program by exec, so signals and the exit code need no relaying. The
  // watching half must not hold the log open by its own output and must survive Ctrl-C, because the
  // program may need longer for its end than the terminal's signal takes.
  private static final String WATCHDOG =
      """
      grace=$1
      shift
      exec 3<&0 </dev/null
      {
        trap '' INT HUP TERM
        read -r ignored <&3
        kill -TERM $$ || exit 0
        waited=0
        while [ "$waited" -lt "$grace" ]; do
          sleep 1
          kill -0 $$ || exit 0
          waited=$((waited + 1))
        done
        kill -KILL $$
      } >/dev/null 2>&1 &
      exec 3<&-
      exec "$@"
      """;

  private final ChildCommand command;
  private final Process process;

  private ChildProcess(ChildCommand command, Process process) {
    this.command = command;
    this.process = process;
  }

  static ChildProcess start(ChildCommand command) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("/bin/sh", "-c", WATCHDOG, command.name() + "-watchdog"));
    line.add(Long.toString(Math.max(1, command.grace().toSeconds())));
    line.addAll(command.line());
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.directory(command.directory().toFile());
    // A child must never act on the cluster that the person's own kubeconfig points to.
    builder.environment().remove("KUBECONFIG");
    builder.environment().putAll(command.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(openable(command.log())));
    try {
      return new ChildProcess(command, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.name() + ": " + e.getMessage(), e);
    }
  }

  private static File openable(Path log) {
    try {
      Path parent = log.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return log.toFile();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the log " + log, e);
    }
  }

  /** The name given at start, for messages. */
  public String name() {
    return command.name();
  }

  /** The process id of the program itself. */
  public long pid() {
    return process.pid();
  }

  /** Whether the program runs (a paused one does). */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The file that the program's output and errors are appended to. */
  public Path log() {
    return command.log();
  }

  /** Completed with the exit code when the program ends; 128 + n if signal n ended it. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Waits for the program's end.
   *
   * @return whether it ended within that time
   */
  public boolean waitFor(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The last lines of the log, oldest first; empty if nothing was written or the log is gone. */
  public String lastLogLines(int lines) {
    try {
      List<String> all = Files.readString(command.log(), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "";
    }
  }

  /** Asks the program to end (TERM) and, if it has not ended after the grace period, kills it. */
  public void stop() {
    process.destroy();
    boolean ended = false;
    try {
      ended = waitFor(command.grace());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      kill();
    }
  }

  /**
   * Ends the program at once (KILL), as a crash or a power cut would, and waits until it is gone.
   */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /**
   * Freezes the program (STOP): its connections stay open and answer nothing. Returns when it
   * stands still; the signal alone is only on its way.
   *
   * @throws IllegalStateException if it does not run, or does not stop
   */
  public void pause() {
    signal("STOP");
    new Standstill(pid()).await(name());
  }

  /** Lets a frozen program go on (CONT). */
  public void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      Process sender =
          new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(pid()))
              .redirectErrorStream(true)
              .start();
      String answer = new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (sender.waitFor() != 0) {
        throw new IllegalStateException(
            "cannot send " + signal + " to " + name() + ": " + answer.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending " + signal + " to " + name(), e);
    }
  }

  /** Same as {@link #stop()}. */
  @Override
  public void close() {
    stop();
  }
}
