// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.member;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Which apps are this replica's. The living members are looked at twice a second; whether this
 * process may act at all is looked at each time it is asked.
 */
public final class Ownership implements Predicate<ObjectKey> {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration STUCK = Duration.ofMinutes(2);

  /** What a change of the living members is for this process. */
  public enum Part {
    /** It is one of them now. */
    JOINED,
    /** It is one of them as before. */
    STAYED,
    /** It is none of them any more: it may not act, and nobody else may for it yet. */
    LEFT,
    /** It was none of them and is none. */
    NONE
  }

  /** Is told of each change of the living members. */
  @FunctionalInterface
  public interface Listener {

    /** They changed. */
    void changed(Part part);
  }

  /** Says who of several polls an app; the same answer everywhere. */
  @FunctionalInterface
  public interface Shares {

    /**
     * The owner.
     *
     * @param app {@code namespace/name}
     * @param members at least one, in order
     */
    String owner(String app, List<String> members);
  }

  private final Members members;
  private final Shares shares;
  private final Scheduler scheduler;
  private final Executor executor;
  private volatile List<String> living = List.of();
  private volatile boolean stopped;
  private volatile long lookedAt = Long.MAX_VALUE;

  /**
   * @param executor runs what follows from a change
   */
  public Ownership(Members members, Shares shares, Scheduler scheduler, Executor executor) {
    this.members = members;
    this.shares = shares;
    this.scheduler = scheduler;
    this.executor = executor;
  }

  /** Whether this process is to act for that app now. */
  @Override
  public boolean test(ObjectKey app) {
    return members.mayAct() && isOwn(app);
  }

  /**
   * Whether that app is this process's share by the living members as last looked at, also while
   * its own Lease is over and nobody has noticed yet.
   */
  public boolean isOwn(ObjectKey app) {
    List<String> now = living;
    return now.contains(members.self()) && shares.owner(app.toString(), now).equals(members.self());
  }

  /**
   * Whether another member that lives is to act for that app; false while this process may not act
   * itself, when it knows nothing of others.
   */
  public boolean isAnothers(ObjectKey app) {
    List<String> now = living;
    return now.contains(members.self())
        && !shares.owner(app.toString(), now).equals(members.self());
  }

  /** Identities of the living members as last looked at, in order. */
  public List<String> living() {
    return living;
  }

  /**
   * Begins to look.
   *
   * @param listener called after each change of the living members, one call at a time
   */
  public void start(Listener listener) {
    executor.execute(() -> look(listener));
  }

  private void look(Listener listener) {
    if (stopped) {
      return;
    }
    try {
      lookedAt = scheduler.nanos();
      List<String> now = members.living();
      List<String> before = living;
      if (!now.equals(before)) {
        living = now;
        listener.changed(part(before, now));
      }
    } finally {
      scheduler.after(LOOK, () -> executor.execute(() -> look(listener)));
    }
  }

  private Part part(List<String> before, List<String> now) {
    boolean was = before.contains(members.self());
    boolean is = now.contains(members.self());
    if (was) {
      return is ? Part.STAYED : Part.LEFT;
    }
    return is ? Part.JOINED : Part.NONE;
  }

  /** Whether the look comes back in time, as all wake-ups do; true before the first. */
  public boolean isAlive() {
    return lookedAt == Long.MAX_VALUE || scheduler.nanos() - lookedAt < STUCK.toNanos();
  }

  /** Ends looking; nothing is this replica's any more. */
  public void stop() {
    stopped = true;
    living = List.of();
  }
}
