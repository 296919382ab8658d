// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, between processes and between threads of one process. The operating system
 * frees it when its holder dies.
 */
final class ExclusiveFile implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final FileChannel channel;

  private ExclusiveFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits until the lock is ours; runs {@code onWait} once if another holds it. */
  static ExclusiveFile acquire(Path file, Runnable onWait)
      throws IOException, InterruptedException {
    boolean told = false;
    while (true) {
      ExclusiveFile lock = tryAcquire(file);
      if (lock != null) {
        return lock;
      }
      if (!told) {
        onWait.run();
        told = true;
      }
      Thread.sleep(POLL);
    }
  }

  /** The lock, or null if another thread or process holds it. */
  static @Nullable ExclusiveFile tryAcquire(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Same meaning as null, which is what another process's lock gives.
    }
    if (lock == null) {
      channel.close();
      return null;
    }
    return new ExclusiveFile(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
