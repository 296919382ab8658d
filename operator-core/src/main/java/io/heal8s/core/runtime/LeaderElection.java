// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes at most one process at a time the leader, by a Lease, with the rules of client-go, so that
 * processes of the Go original and ours exclude each other.
 *
 * <p>A leader is lost for good when another one holds the lease or when it could not renew within
 * the deadline; its listener must end the process, because whatever is under way must not go on.
 *
 * <p>Why not the client's {@code LeaderElector} (client-java 25.0.0): it keeps leading until the
 * deadline when another process already holds the lease; it compares wall clocks; a Lease without
 * {@code leaseTransitions} or one that was released can end its threads with a
 * NullPointerException, after which it waits for ever; it calls the same hook on loss and on close;
 * and it sleeps where tests want to drive time.
 *
 * <p>Threads: one attempt at a time runs on the executor and holds {@code attempt} while it calls
 * the server; {@link #release} waits for it. Whether this process leads is in {@link LeaderTerm},
 * which has a lock of its own that is never held during a call.
 */
public final class LeaderElection {

  /** Is told once when this process becomes leader, and once when it stops being it unwillingly. */
  public interface Listener {

    /** This process leads now. */
    void acquired();

    /** This process does not lead any more and must end. */
    void lost(String why);
  }

  private static final Logger log = LoggerFactory.getLogger(LeaderElection.class);

  private final LeaderSettings settings;
  private final LeasePort lease;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Executor executor;
  private final RandomGenerator random;
  private final LeaderTerm term;
  private final ReentrantLock attempt = new ReentrantLock();
  private final AtomicBoolean started = new AtomicBoolean();

  // Guarded by attempt.
  private @Nullable Object version;
  private @Nullable LeaseRecord observed;
  private long observedAt;

  /** Wires an election that begins with {@link #start}. */
  public LeaderElection(
      LeaderSettings settings,
      LeasePort lease,
      Scheduler scheduler,
      Clock clock,
      Executor executor,
      RandomGenerator random,
      Listener listener) {
    this.settings = settings;
    this.lease = lease;
    this.scheduler = scheduler;
    this.clock = clock;
    this.executor = executor;
    this.random = random;
    this.term = new LeaderTerm(lease.name(), settings.renewDeadline(), scheduler, listener);
  }

  /** Begins to try; without effect the second time. */
  public void start() {
    if (started.compareAndSet(false, true)) {
      executor.execute(this::tryOnce);
    }
  }

  /** Whether this process leads. */
  public boolean isLeader() {
    return term.isLeading();
  }

  /**
   * Ends the election and, if this process leads, gives the lease back, so that a standby takes
   * over at its next try. To be called after everything that only a leader may do has ended.
   */
  public void release() {
    boolean wasLeading = term.end();
    attempt.lock();
    try {
      if (wasLeading && observed != null) {
        Instant now = clock.instant();
        // A second, as client-go writes it: zero is refused by the server.
        LeaseRecord free =
            new LeaseRecord("", Duration.ofSeconds(1), now, now, observed.transitions());
        LeasePort.Write write = lease.write(free, version);
        log.atInfo()
            .addKeyValue("lease", lease.name())
            .addKeyValue("released", write instanceof LeasePort.Write.Written)
            .log("No longer leading, the lease is given back");
      }
    } finally {
      attempt.unlock();
    }
  }

  private void tryOnce() {
    attempt.lock();
    try {
      if (!term.hasEnded()) {
        step();
      }
    } catch (RuntimeException bug) {
      term.standsBy("failed: " + bug);
    } finally {
      attempt.unlock();
    }
    if (!term.hasEnded()) {
      // Up to a fifth longer, so that many standbys do not ask in step.
      double factor = isLeader() ? 1 : 1 + 0.2 * random.nextDouble();
      long pause = (long) (settings.retryPeriod().toNanos() * factor);
      scheduler.after(Duration.ofNanos(pause), () -> executor.execute(this::tryOnce));
    }
  }

  // Guarded by attempt.
  private void step() {
    if (isLeader() && observed != null && write(renewed(observed))) {
      return;
    }
    if (term.hasEnded()) {
      return;
    }
    switch (lease.read()) {
      case LeasePort.Read.Unavailable(String why) -> term.standsBy("cannot be read: " + why);
      case LeasePort.Read.Absent() -> {
        // Whoever creates it first has it; a leader whose Lease was deleted may be that one.
        version = null;
        write(isLeader() && observed != null ? renewed(observed) : fresh(0));
      }
      case LeasePort.Read.Found(LeaseRecord found, Object readVersion) -> {
        version = readVersion;
        if (!found.equals(observed)) {
          observed = found;
          observedAt = scheduler.nanos();
        }
        compete(found);
      }
    }
  }

  // Guarded by attempt.
  private void compete(LeaseRecord found) {
    if (found.holder().equals(settings.identity())) {
      write(renewed(found));
    } else if (!term.lose(
        "it is held by " + (found.holder().isEmpty() ? "nobody" : found.holder()))) {
      if (found.holder().isEmpty() || expired()) {
        write(fresh(found.transitions() + 1));
      } else {
        term.standsBy("is held by " + found.holder());
      }
    }
  }

  // The other's clock is not trusted: what counts is how long we have seen it say nothing new.
  private boolean expired() {
    return scheduler.nanos() - observedAt >= settings.leaseDuration().toNanos();
  }

  private LeaseRecord fresh(int transitions) {
    Instant now = clock.instant();
    return new LeaseRecord(settings.identity(), settings.leaseDuration(), now, now, transitions);
  }

  private LeaseRecord renewed(LeaseRecord held) {
    return new LeaseRecord(
        settings.identity(),
        settings.leaseDuration(),
        held.acquired(),
        clock.instant(),
        held.transitions());
  }

  // Guarded by attempt. Returns whether the lease is ours now.
  private boolean write(LeaseRecord wanted) {
    // The time before the call: the server may have taken it at any moment from here on.
    long before = scheduler.nanos();
    return switch (lease.write(wanted, version)) {
      case LeasePort.Write.Written(Object written) -> {
        version = written;
        observed = wanted;
        observedAt = before;
        term.won(before);
        yield true;
      }
      case LeasePort.Write.Conflict() -> false;
      case LeasePort.Write.Unavailable(String why) -> {
        term.standsBy("cannot be written: " + why);
        yield false;
      }
    };
  }
}
