// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.runtime.LeaderElection;
import io.heal8s.core.runtime.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Says whether this process may do what only one replica may. A replica competes only once its
 * caches are whole, so that the one that leads can work; a standby keeps its caches current. Who
 * works while leading stops in a higher lifecycle phase than {@link #PHASE}: then the lease is
 * given back only after that work has ended.
 */
public final class Leadership implements SmartLifecycle, LeaderElection.Listener {

  /** Started with the caches, ended after every loop. */
  public static final int PHASE = 0;

  private static final Logger log = LoggerFactory.getLogger(Leadership.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Optional<LeaderElection> election;
  private final BooleanSupplier ready;
  private final Scheduler scheduler;
  private final ProcessExit exit;
  private volatile boolean running;

  /**
   * @param election makes the election for this listener; returns empty where nobody is elected and
   *     every process works
   * @param ready whether the caches are whole
   */
  Leadership(
      Function<LeaderElection.Listener, Optional<LeaderElection>> election,
      BooleanSupplier ready,
      Scheduler scheduler,
      ProcessExit exit) {
    this.election = election.apply(this);
    this.ready = ready;
    this.scheduler = scheduler;
    this.exit = exit;
  }

  /** Whether this process leads now; true for ever where nobody is elected. */
  public boolean isLeading() {
    return election.map(LeaderElection::isLeader).orElse(true);
  }

  @Override
  public void start() {
    running = true;
    election.ifPresent(this::competeWhenReady);
  }

  private void competeWhenReady(LeaderElection candidate) {
    if (!running) {
      return;
    }
    if (ready.getAsBoolean()) {
      candidate.start();
    } else {
      scheduler.after(LOOK_AGAIN, () -> competeWhenReady(candidate));
    }
  }

  @Override
  public void acquired() {
    // Whoever works while leading asks; see isLeading.
  }

  @Override
  public void lost(String why) {
    log.atError().addKeyValue("exitCode", ProcessExit.LEASE_LOST).log(why);
    exit.now(ProcessExit.LEASE_LOST);
  }

  @Override
  public void stop() {
    running = false;
    election.ifPresent(LeaderElection::release);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
