// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the users of a directory over again and again. Each process does; it is the same for all,
 * and nothing breaks when two are at it.
 */
public final class DirectorySyncTimer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DirectorySyncTimer.class);

  private final DirectorySync sync;
  private final Duration interval;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Starts it.
   *
   * @param interval time between the end of one and the begin of the next
   */
  public DirectorySyncTimer(DirectorySync sync, Duration interval) {
    this.sync = sync;
    this.interval = interval;
    this.thread = Thread.ofVirtual().name("directory-sync").start(this::run);
  }

  private void run() {
    try {
      do {
        once();
      } while (!ended.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void once() {
    try {
      DirectorySync.Report report = sync.run();
      if (report.created() > 0) {
        log.atInfo().addKeyValue("created", report.created()).log("Users of the directory");
      }
    } catch (Directory.UnavailableException e) {
      log.warn("the directory does not answer; it is asked again: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("users of the directory could not be taken over; tried again", e);
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      if (!thread.join(Duration.ofSeconds(1))) {
        // A directory that hangs must not hold a shutdown.
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
