// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file that may change while we run, such as a key of a mounted Kubernetes Secret.
 *
 * <p>It is read again, by the caller that happens to ask, once {@link #RECHECK} has passed; the
 * file system's own change stamps are not trusted, because a mount is swapped by a symbolic link. A
 * file that is gone or cannot be read counts as empty: a revoked secret must not live on in memory.
 *
 * @param <T> what the file holds
 */
public final class MountedFile<T> {
  /** For how long the content is taken for true; the most that a revoked secret lives on. */
  public static final Duration RECHECK = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(MountedFile.class);
  private static final int MAX_BYTES = 1 << 20;

  private record Reading<T>(T content, boolean readable, Instant dueAt) {}

  private final Path path;
  private final Function<String, T> parser;
  private final InstantSource clock;
  private final AtomicReference<Reading<T>> reading;

  /**
   * Reads the file for the first time.
   *
   * @param path the file; need not exist
   * @param parser makes the content out of the text, which is empty for a file that is not there;
   *     must not throw
   * @param clock says when to look again
   */
  public MountedFile(Path path, Function<String, T> parser, InstantSource clock) {
    this.path = path;
    this.parser = parser;
    this.clock = clock;
    this.reading = new AtomicReference<>(read(false));
  }

  /**
   * A file of secrets, one in each line; blank lines and space around a line do not count.
   *
   * @param path the file; need not exist
   * @param clock says when to look again
   * @return the file
   */
  public static MountedFile<List<Secret>> ofSecrets(Path path, InstantSource clock) {
    return new MountedFile<>(path, MountedFile::lines, clock);
  }

  private static List<Secret> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).map(Secret::of).toList();
  }

  /**
   * The content, at most {@link #RECHECK} old.
   *
   * @return what the parser made of it; of the empty text if there is no such file
   */
  public T current() {
    Reading<T> last = reading.get();
    if (clock.instant().isBefore(last.dueAt())) {
      return last.content();
    }
    // Only one of several callers reads; the others go on with what it is about to replace.
    Reading<T> claimed =
        new Reading<>(last.content(), last.readable(), clock.instant().plus(RECHECK));
    if (!reading.compareAndSet(last, claimed)) {
      return reading.get().content();
    }
    Reading<T> fresh = read(last.readable());
    reading.set(fresh);
    return fresh.content();
  }

  /**
   * Where the file is, for messages.
   *
   * @return the path as given
   */
  public Path path() {
    return path;
  }

  private Reading<T> read(boolean wasReadable) {
    Instant dueAt = clock.instant().plus(RECHECK);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      return new Reading<>(parser.apply(new String(bytes, StandardCharsets.UTF_8)), true, dueAt);
    } catch (IOException e) {
      if (wasReadable) {
        log.atWarn()
            .addKeyValue("path", path)
            .addKeyValue("cause", e.getClass().getSimpleName())
            .log("A mounted file cannot be read; what it held counts as revoked");
      }
      return new Reading<>(parser.apply(""), false, dueAt);
    }
  }
}
