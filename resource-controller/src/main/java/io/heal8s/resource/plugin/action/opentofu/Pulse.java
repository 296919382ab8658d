// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.resource.plugin.state.ProgramRuns;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says that a run lives, and ends it before its lease does: while it counts as alive nobody else
 * begins, and when it no longer does its program no longer runs. The clock is watched by a thread
 * that never waits for the database.
 */
final class Pulse implements AutoCloseable {

  private static final int BEATS_OF_A_LEASE = 6;
  private static final long LONGEST_LOOK = TimeUnit.MILLISECONDS.toNanos(250);

  private final ProgramRuns runs;
  private final UUID id;
  private final Duration lease;
  private final Consumer<String> stop;
  private final Consumer<String> kill;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Begin of the last beat that was heard: the lease counts from after it. */
  private volatile long told = System.nanoTime();

  /**
   * Begins.
   *
   * @param stop asks the run to stop, with the reason
   * @param kill ends it, with the reason
   */
  Pulse(ProgramRuns runs, UUID id, Duration lease, Consumer<String> stop, Consumer<String> kill) {
    this.runs = runs;
    this.id = id;
    this.lease = lease;
    this.stop = stop;
    this.kill = kill;
    Thread.ofVirtual().name("beat-" + id).start(this::beat);
    Thread.ofVirtual().name("watch-" + id).start(this::watch);
  }

  private void beat() {
    try {
      while (!closing.await(lease.toNanos() / BEATS_OF_A_LEASE, TimeUnit.NANOSECONDS)) {
        long begin = System.nanoTime();
        try {
          switch (runs.beat(id, lease)) {
            case GO_ON -> {}
            case STOP -> stop.accept("cancelled");
            case SUPERSEDED -> kill.accept("another run has begun");
          }
          told = begin;
        } catch (RuntimeException e) {
          // The database is away; the other thread counts.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!closing.await(Math.min(LONGEST_LOOK, lease.toNanos() / 12), TimeUnit.NANOSECONDS)) {
        long silent = System.nanoTime() - told;
        if (silent > lease.toNanos() / 2) {
          stop.accept("the database did not answer");
        }
        if (silent > lease.toNanos() / BEATS_OF_A_LEASE * (BEATS_OF_A_LEASE - 1)) {
          kill.accept("the database did not answer");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
