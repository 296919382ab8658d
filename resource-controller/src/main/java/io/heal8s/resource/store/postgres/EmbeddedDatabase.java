// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.core.http.secret.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own for those who bring none: its program in {@code DIR/server}, its
 * data in {@code DIR/data}. It writes as durably as any other, listens on this machine only, and
 * ends with this process. One that a killed process left behind is stopped first.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration START = Duration.ofSeconds(60);
  private static final long STOP_SECONDS = 20;
  private static final String USER = "postgres";
  private static final int ANY_PORT = 0;

  private final EmbeddedPostgres server;
  private final Path data;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final @Nullable ServerGuard guard;

  private EmbeddedDatabase(
      EmbeddedPostgres server,
      Path data,
      @Nullable ServerGuard guard,
      FileChannel lockFile,
      FileLock lock) {
    this.server = server;
    this.data = data;
    this.guard = guard;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Starts it, on the data that is there or on none.
   *
   * @param directory made if it is absent, readable by its owner alone
   * @throws IllegalStateException with one line that says what to change
   */
  public static EmbeddedDatabase start(Path directory) {
    return start(directory, directory.resolve("server"));
  }

  /**
   * As {@link #start(Path)}, with the program in a folder that several share.
   *
   * @param directory of the data
   * @param programs of the server's program
   */
  public static EmbeddedDatabase start(Path directory, Path programs) {
    return start(directory, programs, ANY_PORT);
  }

  /**
   * As {@link #start(Path, Path)}, where those who use it find it again after a restart.
   *
   * @param port 1 to 65535, or 0 for any free one
   */
  public static EmbeddedDatabase start(Path directory, Path programs, int port) {
    return start(directory, programs, port, Map.of());
  }

  /**
   * As {@link #start(Path, Path)}, for data that nobody misses.
   *
   * @return one that waits for no disk: what it holds may be lost with the machine
   */
  public static EmbeddedDatabase startForgetful(Path directory, Path programs) {
    return start(directory, programs, ANY_PORT, Map.of("fsync", "off"));
  }

  private static EmbeddedDatabase start(
      Path directory, Path programs, int port, Map<String, String> settings) {
    FileChannel channel = null;
    try {
      makePrivate(directory);
      channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("another process uses it");
      }
      Path data = directory.resolve("data");
      stopOrphan(data);
      makePrivate(data);
      EmbeddedPostgres server = server(data, programs, port, settings);
      return new EmbeddedDatabase(server, data, guard(data), channel, lock);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      throw new IllegalStateException(
          "no database can be started in " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Without a shell the next start stops what this one leaves behind. */
  private static @Nullable ServerGuard guard(Path data) {
    try {
      return ServerGuard.over(data);
    } catch (IOException | RuntimeException e) {
      log.debug("nothing stops the database if this process is killed", e);
      return null;
    }
  }

  private static EmbeddedPostgres server(
      Path data, Path programs, int port, Map<String, String> settings) throws IOException {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    builder
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(programs.toFile())
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START)
        // The library's own choice is made for tests, which lose nothing with their data.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "200")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_wal_size", "2GB")
        .setServerConfig("checkpoint_timeout", "15min");
    settings.forEach(builder::setServerConfig);
    return builder.start();
  }

  /** How it is reached. */
  public ConnectionSettings connection(int minPool, int maxPool) {
    return new ConnectionSettings(
        "127.0.0.1", server.getPort(), USER, USER, Secret.of(""), minPool, maxPool);
  }

  @Override
  public void close() {
    try {
      Optional<ProcessHandle> process = serverOf(data);
      server.close();
      // That waits for seconds only, and a last checkpoint may take longer.
      if (process.isPresent()) {
        awaitEnd(process.get());
      }
      if (guard != null) {
        guard.close();
      }
      lock.release();
    } catch (IOException e) {
      log.warn("The database may still run", e);
    } finally {
      closeQuietly(lockFile);
    }
  }

  /** The lock tells that no process of ours lives; what still listens belongs to a dead one. */
  private static void stopOrphan(Path data) throws IOException {
    Optional<ProcessHandle> orphan = serverOf(data);
    if (orphan.isEmpty()) {
      return;
    }
    log.info("Stopping the database that an earlier process left behind");
    orphan.get().destroy();
    awaitEnd(orphan.get());
  }

  private static Optional<ProcessHandle> serverOf(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    return lines.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.getFirst().trim()))
            .filter(
                process ->
                    process.info().command().filter(name -> name.endsWith("postgres")).isPresent());
  }

  private static void awaitEnd(ProcessHandle server) throws IOException {
    try {
      server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException("process " + server.pid() + " does not end: stop it", e);
    }
  }

  private static void makePrivate(Path directory) throws IOException {
    Files.createDirectories(directory);
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      log.debug("closing the lock file", e);
    }
  }
}
