// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * The bare local copy of one remote repository. One thread at a time uses it, under {@code lock}:
 * whoever comes while it is being fetched waits and then finds it fresh. A copy that cannot be read
 * is deleted and fetched once more before the failure is told.
 */
final class Mirror implements AutoCloseable {

  /** What is done with a fresh mirror. */
  @FunctionalInterface
  interface Work<T> {

    /** Does it; an IOException that is not of the remote means that the mirror is damaged. */
    T with(Contents contents) throws IOException;
  }

  /**
   * A mirror as of its last fetch.
   *
   * @param repository the copy; refs/heads/ are the remote's
   * @param fetches how many fetches there were since the process began; grows with each
   * @param missing base branches that the remote does not have
   * @param gone branches of ours that vanished, with the number of the fetch that showed it first
   */
  record Contents(
      Repository repository, long fetches, Set<String> missing, Map<String, Long> gone) {}

  private final Path directory;
  private final Remote remote;
  private final Duration fresh;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Set<String> bases = new HashSet<>();
  private final Map<String, Long> gone = new HashMap<>();
  private Set<String> missing = Set.of();
  private @Nullable Repository repository;
  private boolean stale = true;
  private long fetchedAt;
  private long fetches;

  Mirror(Path directory, Remote remote, Duration fresh, LongSupplier nanoTime) {
    this.directory = directory;
    this.remote = remote;
    this.fresh = fresh;
    this.nanoTime = nanoTime;
  }

  /**
   * Works with a mirror that holds a base branch and our branches, fetched no longer ago than a
   * poll interval.
   *
   * @throws TransportException when the remote could not be reached
   * @throws IOException when the mirror is damaged and a new one too
   */
  <T> T with(String base, Work<T> work) throws IOException {
    lock.lock();
    try {
      boolean first = bases.add(base);
      stale |= first;
      try {
        return work.with(contents());
      } catch (IOException | RuntimeException failure) {
        // JGit hides some of its IOExceptions in unchecked ones.
        if (isOfTheRemote(failure)) {
          throw failure;
        }
        discard();
        return work.with(contents());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next use fetches. */
  void expire() {
    lock.lock();
    try {
      stale = true;
    } finally {
      lock.unlock();
    }
  }

  Remote remote() {
    return remote;
  }

  private Contents contents() throws IOException {
    Repository current = repository == null ? open() : repository;
    repository = current;
    if (stale || nanoTime.getAsLong() - fetchedAt >= fresh.toNanos()) {
      stale = true;
      missing = Set.copyOf(remote.fetch(current, Set.copyOf(bases)));
      // A base that is missing would make every later fetch ask twice; who needs it asks again.
      bases.removeAll(missing);
      fetchedAt = nanoTime.getAsLong();
      fetches++;
      stale = false;
    }
    return new Contents(current, fetches, missing, gone);
  }

  private Repository open() throws IOException {
    removeLocks();
    Repository opened = new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
    try {
      if (!opened.getObjectDatabase().exists()) {
        opened.create(true);
        StoredConfig config = opened.getConfig();
        // A remote must not send us, and our credentials, to another host.
        config.setString("http", null, "followRedirects", "false");
        // Tidying up happens under our lock, not beside it.
        config.setBoolean("gc", null, "autoDetach", false);
        config.save();
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * A process that was killed leaves its lock files, and no fetch would ever write those refs
   * again. Only this process uses the mirror, and it holds none before it opens it.
   */
  private void removeLocks() throws IOException {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path left : files.filter(file -> file.toString().endsWith(".lock")).toList()) {
          Files.deleteIfExists(left);
        }
      }
    }
  }

  private void discard() throws IOException {
    close();
    FileUtils.delete(
        directory.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
    stale = true;
  }

  /** Whether a failure says nothing against the mirror. */
  private boolean isOfTheRemote(Exception failure) {
    return switch (failure) {
      case SshSessions.MissingCredentials _ -> true;
      case OneFile.NotAFile _ -> true;
      case NoRemoteRepositoryException _ -> true;
      // JGit wraps a mirror that it cannot read like a remote that does not answer.
      case TransportException _ -> !Damage.isCauseOf(failure) && Damage.isAbsentFrom(directory);
      default -> false;
    };
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (repository != null) {
        repository.close();
        repository = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
