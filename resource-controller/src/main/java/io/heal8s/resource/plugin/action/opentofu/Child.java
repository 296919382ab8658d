// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A program that runs, in a session of its own. When this process dies, a small shell that reads a
 * pipe of it sees the end, interrupts the program, and kills it and what it started after its
 * grace: nobody changes things behind our back. What it says goes into a file: a pipe that breaks
 * would end it before it has tidied up.
 */
final class Child implements AutoCloseable {

  private static final int LONGEST_LINE = 1 << 20;
  private static final long LARGEST_OUTPUT = 64L << 20;

  /**
   * {@code $1} the program, {@code $2} seconds of grace. A line on the pipe says that it was
   * interrupted already: a second interrupt would end it at once, and lose what it made last.
   */
  private static final String GUARD =
      "trap '' INT; told=; while read -r _; do told=1; done;"
          + " [ -n \"$told\" ] || kill -INT \"$1\" 2>/dev/null; n=0;"
          + " while kill -0 \"$1\" 2>/dev/null && [ \"$n\" -lt \"$2\" ]; do sleep 1; n=$((n+1)); done;"
          + " kill -KILL \"-$1\" 2>/dev/null; kill -KILL \"$1\" 2>/dev/null";

  /**
   * Becomes the program at a word of ours: if this process dies before, it never begins. A service
   * that was started in the background of a script ignores interrupts, and so would all that it
   * starts; a shell cannot undo that, only {@code env} of GNU can.
   */
  private static final String WHEN_TOLD =
      "read -r _ || exit 1; hears='env --default-signal=INT';"
          + " $hears true 2>/dev/null || hears=; exec $hears \"$@\" </dev/null";

  private final Process process;
  private final Process guard;
  private final Path output;

  /** When it was asked to stop; 0 before. */
  private final AtomicLong stoppedAt = new AtomicLong();

  private Child(Process process, Process guard, Path output) {
    this.process = process;
    this.guard = guard;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param output file for all that it says, overwritten
   */
  static Child start(
      List<String> command,
      Path folder,
      Path output,
      Map<String, String> environment,
      Duration grace) {
    List<String> whole = new ArrayList<>();
    // Ctrl-C at our terminal is not for it, and would count twice.
    session().ifPresent(setsid -> whole.add(setsid.toString()));
    whole.addAll(List.of("sh", "-c", WHEN_TOLD, "sh"));
    whole.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      Child child = new Child(process, guard(process, grace), output);
      child.begin();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin() throws IOException {
    try (OutputStream word = process.getOutputStream()) {
      word.write('\n');
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static Optional<Path> session() {
    return ProgramSettings.onSearchPath("setsid", System.getenv("PATH"));
  }

  private static Process guard(Process process, Duration grace) throws IOException {
    try {
      return shell(GUARD, Long.toString(process.pid()), Long.toString(grace.toSeconds()));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Process shell(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Waits for its end, not longer than given. */
  boolean hasEnded(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  int exitValue() {
    return process.exitValue();
  }

  /** Whether its file becomes too large. */
  boolean saysTooMuch() {
    try {
      return Files.size(output) > LARGEST_OUTPUT;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it was asked to stop that long ago. */
  boolean isStoppedFor(Duration time) {
    long at = stoppedAt.get();
    return at != 0 && System.nanoTime() - at > time.toNanos();
  }

  /** What it said, once it has ended; lines beyond a megabyte are cut. */
  void said(Consumer<String> lines) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    try (var channel = Files.newByteChannel(output);
        BufferedReader reader = new BufferedReader(Channels.newReader(channel, decoder, -1))) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          lines.accept(line.toString());
          line.setLength(0);
        } else if (line.length() < LONGEST_LINE) {
          line.append((char) c);
        }
      }
      if (!line.isEmpty()) {
        lines.accept(line.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it once to stop: it ends what it is at and saves its state. */
  void stop() {
    if (!stoppedAt.compareAndSet(0, Math.max(1, System.nanoTime())) || !process.isAlive()) {
      return;
    }
    try {
      // Stays open: its end is the end of this process.
      OutputStream pipe = guard.getOutputStream();
      pipe.write('\n');
      pipe.flush();
      shell("kill -INT \"$1\"", Long.toString(process.pid())).waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  /** Asks it to stop and ends it after the grace. */
  void stopAndKill(Duration grace) {
    stop();
    try {
      if (hasEnded(grace)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  /** Ends it and what it started. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    guard.destroyForcibly();
    if (process.isAlive()) {
      kill();
    }
    if (session().isPresent()) {
      endOfGroup();
    }
  }

  /** What it left behind would keep its credential. */
  private void endOfGroup() {
    try {
      shell("kill -KILL \"-$1\"", Long.toString(process.pid())).waitFor();
    } catch (IOException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
