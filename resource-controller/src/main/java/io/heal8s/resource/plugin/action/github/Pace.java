// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast this process may call GitHub with its credentials. GitHub asks for writes one by one and
 * at least a second apart (so never more than 80 a minute), at most 500 an hour; at most 100 calls
 * at a time and 900 points a minute, of which a read is one and a write five. What is left of the
 * hour it says with each answer: once that is less than half, the looks at runs are spread over the
 * rest, and leave a tenth.
 */
final class Pace {

  /** What a call is. */
  enum Kind {
    /** Reads. */
    READ(1),
    /** Reads how a run is, which can as well be done later. */
    LOOK(1),
    /** Makes something. */
    WRITE(5),
    /** Ends something: a write that no hour's count holds back. */
    CANCEL(5),
    /** Fetches a token: a write that changes nothing, from a budget of its own. */
    SIGN_IN(5);

    private final int points;

    Kind(int points) {
      this.points = points;
    }

    String method() {
      return this == READ || this == LOOK ? "GET" : "POST";
    }

    private boolean isOneByOne() {
      return this == WRITE || this == CANCEL;
    }
  }

  /**
   * Not now.
   *
   * @param pause when it may be in turn; of many that wait each is told another time
   * @param message why, in the same words for the same reason
   */
  record Wait(Duration pause, String message) {}

  /** Neither until when nor in GitHub's words, which may name the request: both change. */
  static final String ASKED = "nothing is sent for now: GitHub asked for that";

  private static final int AT_A_TIME = 100;
  private static final int POINTS_A_MINUTE = 900;
  private static final int WRITES_AN_HOUR = 500;
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

  /** More, for a write takes its time; else whoever waits would come too early again and again. */
  private static final Duration BETWEEN_TURNS = Duration.ofMillis(1_500);

  private static final Duration BETWEEN_POINTS =
      Duration.ofMinutes(1).dividedBy(POINTS_A_MINUTE).plusNanos(1);
  private static final Duration LATE = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final InstantSource clock;
  private final boolean limited;
  private final Deque<Spent> spent = new ArrayDeque<>();
  private final Deque<Instant> writes = new ArrayDeque<>();
  private int points;
  private int underWay;
  private boolean isWriting;
  private Instant lastWrite = Instant.MIN;
  private Instant nextLook = Instant.MIN;
  private Instant quietUntil = Instant.MIN;
  private @Nullable Budget budget;

  private final Turns writeTurns = new Turns();
  private final Turns pointTurns = new Turns();
  private final Turns lookTurns = new Turns();

  private record Spent(Instant at, int points) {}

  private record Budget(long remaining, long limit, Instant reset) {
    /** A tenth is for dispatches and their like. */
    private long forLooks() {
      return Math.max(1, remaining - limit / 10);
    }
  }

  /**
   * @param limited false for a server that has no such limits; what it asks for is done all the
   *     same
   */
  Pace(InstantSource clock, boolean limited) {
    this.clock = clock;
    this.limited = limited;
  }

  /**
   * Begins a call, which must be {@link #ended}, unless it has to wait.
   *
   * @param who calls: the same when it comes back after a wait
   */
  synchronized Optional<Wait> begin(Kind kind, String who) {
    Optional<Wait> wait = obstacle(kind, who);
    if (wait.isEmpty() && limited) {
      Instant now = clock.instant();
      underWay++;
      spent.addLast(new Spent(now, kind.points));
      points += kind.points;
      if (kind.isOneByOne()) {
        isWriting = true;
        lastWrite = now;
      }
      if (kind != Kind.READ) {
        // A read is for what comes after it, which would else begin at the end of the queue again.
        pointTurns.taken(who);
      }
      if (kind == Kind.WRITE) {
        writes.addLast(now);
        writeTurns.taken(who);
      } else if (kind == Kind.LOOK) {
        lookTurns.taken(who);
        // Those that come late do not make it slower.
        Instant turn = nextLook.equals(Instant.MIN) ? now : later(nextLook, now.minus(LATE));
        nextLook = turn.plus(betweenLooks(now));
      }
    }
    return wait;
  }

  synchronized void ended(Kind kind) {
    if (!limited) {
      return;
    }
    underWay--;
    if (kind.isOneByOne()) {
      isWriting = false;
      lastWrite = clock.instant();
    }
  }

  /** What such a call would have to wait for now; empty for nothing. */
  synchronized Optional<Wait> obstacle(Kind kind, String who) {
    Instant now = clock.instant();
    if (quietUntil.isAfter(now)) {
      return Optional.of(new Wait(Duration.between(now, quietUntil), ASKED));
    }
    if (!limited) {
      return Optional.empty();
    }
    forget(now);
    if (underWay >= AT_A_TIME) {
      return Optional.of(new Wait(SOON, "at most %d calls at a time".formatted(AT_A_TIME)));
    }
    return forWrites(kind, who, now)
        .or(() -> forPoints(kind, who, now))
        .or(() -> forBudget(kind, who, now));
  }

  private void forget(Instant now) {
    while (!spent.isEmpty() && !spent.getFirst().at().plus(MINUTE).isAfter(now)) {
      points -= spent.removeFirst().points();
    }
    while (!writes.isEmpty() && !writes.getFirst().plus(HOUR).isAfter(now)) {
      writes.removeFirst();
    }
  }

  private Optional<Wait> forWrites(Kind kind, String who, Instant now) {
    if (!kind.isOneByOne()) {
      return Optional.empty();
    }
    Instant free = isWriting ? now.plus(BETWEEN_WRITES) : after(lastWrite, BETWEEN_WRITES);
    if (kind == Kind.WRITE && writes.size() >= WRITES_AN_HOUR) {
      free = later(free, writes.getFirst().plus(HOUR));
    }
    String message = "one write a second, at most %d an hour".formatted(WRITES_AN_HOUR);
    if (kind == Kind.CANCEL) {
      // Before those who wait: it makes room.
      return free.isAfter(now)
          ? Optional.of(new Wait(Duration.between(now, free), message))
          : Optional.empty();
    }
    return waiting(writeTurns.next(who, now, free, BETWEEN_TURNS, Instant.MAX), now, message);
  }

  private static Optional<Wait> waiting(Optional<Instant> turn, Instant now, String message) {
    return turn.map(at -> new Wait(Duration.between(now, at), message));
  }

  private Optional<Wait> forPoints(Kind kind, String who, Instant now) {
    Instant free =
        points + kind.points <= POINTS_A_MINUTE ? now : spent.getFirst().at().plus(MINUTE);
    return waiting(
        pointTurns.next(who, now, free, BETWEEN_POINTS.multipliedBy(kind.points), Instant.MAX),
        now,
        "at most %d points of calls a minute".formatted(POINTS_A_MINUTE));
  }

  private Optional<Wait> forBudget(Kind kind, String who, Instant now) {
    Duration apart = kind == Kind.LOOK ? betweenLooks(now) : Duration.ZERO;
    Budget left = budget;
    if (apart.isZero() || left == null) {
      return Optional.empty();
    }
    return waiting(
        // From the reset on everything is to be had again.
        lookTurns.next(who, now, earlier(nextLook, left.reset()), apart, left.reset()),
        now,
        "less than half of the hour's calls are left, so they are spread");
  }

  /** Zero while there are many left, or it is not known. */
  private Duration betweenLooks(Instant now) {
    Budget left = budget;
    if (left == null || left.remaining() * 2 >= left.limit()) {
      return Duration.ZERO;
    }
    if (!left.reset().isAfter(now)) {
      budget = null;
      lookTurns.clear();
      nextLook = Instant.MIN;
      return Duration.ZERO;
    }
    return Duration.between(now, left.reset()).dividedBy(left.forLooks());
  }

  private static Instant after(Instant last, Duration pause) {
    return last.equals(Instant.MIN) ? last : last.plus(pause);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isAfter(other) ? other : one;
  }

  /** GitHub wants to hear nothing for so long: who asks on loses more than the one call. */
  synchronized void quiet(Duration pause) {
    // A call that was under way beside this one may have been told a longer pause.
    quietUntil = later(quietUntil, clock.instant().plus(pause));
  }

  /** What GitHub says is left until then; of what overtook each other the least. */
  synchronized void left(long remaining, long limit, Instant reset) {
    Budget known = budget;
    if (known == null || reset.isAfter(known.reset())) {
      budget = new Budget(remaining, limit, reset);
    } else if (reset.equals(known.reset())) {
      budget = new Budget(Math.min(remaining, known.remaining()), limit, reset);
    }
  }
}
