// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.decide.Reason;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.endpoint.Destination;
import io.heal8s.graphql.endpoint.Found;
import io.heal8s.graphql.exchange.Answer;
import io.heal8s.graphql.exchange.FailureKind;
import io.heal8s.graphql.exchange.GraphQlClient;
import io.heal8s.graphql.exchange.GraphQlError;
import io.heal8s.graphql.intent.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One app's turn: takes a changed setup over, hands in what is not handed in yet, polls if it is
 * time to. One thread at a time; only {@link #missesEndpoint} is asked by others.
 */
final class PollTurn {

  private static final Duration SETTLE_AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST_SETTLE = Duration.ofSeconds(30);
  private static final Duration LEAST_ATTEMPT = Duration.ofMillis(100);
  private static final int LARGEST_SHIFT = 5;

  /** Reasons of the poll itself; part of the API. */
  enum PollReason implements Reason {
    /** More requests than the setting allows. */
    RateLimited
  }

  private final ObjectKey app;
  private final Duration spread;
  private final PollEnvironment environment;
  private final AppCounts counts;
  private final Circuit circuit = new Circuit();
  private final RetryPause retryPause;
  private final GraphQlClient.Channel channel = new GraphQlClient.Channel();
  private final RequestBudget budget;

  private @Nullable Setup setup;
  private @Nullable Pace pace;
  private @Nullable String lastSource;

  // What was seen and is not handed in yet; at first, that something may be pending.
  private @Nullable Seen held = Seen.NOTHING;
  private Instant heldAt;
  private int handInFailures;
  private long handInAt;

  // The poll that is due or under way.
  private long pollDue;
  private long attemptDue;
  private long begun;
  private int failedAttempts;
  private volatile boolean missesEndpoint;

  /**
   * @param spread longest time until the first poll, whose moment is left to chance
   */
  PollTurn(ObjectKey app, PollEnvironment environment, Duration spread) {
    this.app = app;
    this.spread = spread;
    this.environment = environment;
    this.counts = environment.metrics().of(app);
    this.retryPause = new RetryPause(environment.random());
    this.budget = new RequestBudget(environment.requestsPerMinute(), now());
    this.heldAt = environment.clock().instant();
    this.pollDue = now() + (long) (environment.random().nextDouble() * spread.toNanos());
    this.attemptDue = pollDue;
  }

  boolean missesEndpoint() {
    return missesEndpoint;
  }

  void close() {
    channel.close();
    environment.observer().forget(app);
  }

  /**
   * Does what is due.
   *
   * @param endpointMoved whether pods or Services changed
   * @return when the next turn is due, monotonic nanoseconds
   */
  long run(boolean endpointMoved) {
    long now = now();
    if (!handIn(now)) {
      return handInAt;
    }
    Setup current = environment.setups().of(app, setup);
    return switch (current) {
      case Setup.Gone _ -> now + environment.lookAgain().toNanos();
      case Setup.Blocked blocked -> blocked(blocked);
      case Setup.Ready ready -> ready(ready, endpointMoved);
    };
  }

  private long blocked(Setup.Blocked blocked) {
    boolean known =
        setup instanceof Setup.Blocked before && before.version().equals(blocked.version());
    setup = blocked;
    if (!known) {
      channel.close();
      observe(new Seen.Failure(blocked.reason().name(), blocked.message(), blocked.stalled()));
    }
    return held == null ? now() + environment.lookAgain().toNanos() : handInAt;
  }

  private long ready(Setup.Ready ready, boolean endpointMoved) {
    if (!(setup instanceof Setup.Ready known) || !known.version().equals(ready.version())) {
      takeOver(ready);
    }
    setup = ready;
    if (endpointMoved && missesEndpoint) {
      circuit.close();
      pollDue = Math.min(pollDue, now());
      attemptDue = pollDue;
      failedAttempts = 0;
    }
    if (now() >= attemptDue) {
      poll(ready);
    }
    return held == null ? attemptDue : Math.min(handInAt, attemptDue);
  }

  private void takeOver(Setup.Ready ready) {
    Setup before = setup;
    channel.forgetAnswer();
    circuit.close();
    failedAttempts = 0;
    long now = now();
    if (before instanceof Setup.Ready || before instanceof Setup.Blocked) {
      // Somebody edited it and looks at what happens.
      pollDue = now;
    } else if (pollDue > now) {
      // First polls are spread, but none comes later than it would anyway.
      pollDue = now + (pollDue - now) % ready.interval().toNanos();
    }
    attemptDue = pollDue;
    pace = new Pace(environment.random(), Math.max(pollDue, now));
    if (before == null) {
      pace.separate(spread, ready.interval());
    }
  }

  private void poll(Setup.Ready ready) {
    if (failedAttempts == 0) {
      begun = now();
      environment.times().late(begun - pollDue);
    }
    switch (environment.endpoints().find(ready.reference(), lastSource)) {
      case Found.NotYet(Found.Reason reason, String message) ->
          noEndpoint(ready, reason, message, false);
      case Found.Never(Found.Reason reason, String message) ->
          noEndpoint(ready, reason, message, true);
      case Found.At(var destinations) -> ask(ready, destinations.getFirst());
    }
  }

  private void noEndpoint(Setup.Ready ready, Reason reason, String message, boolean stalled) {
    channel.close();
    channel.forgetAnswer();
    missesEndpoint = true;
    counts.failed(reason.name());
    ended(ready, AppCounts.PollStatus.error);
    observe(new Seen.Failure(reason.name(), message, stalled));
  }

  private void ask(Setup.Ready ready, Destination destination) {
    long deadline = begun + ready.interval().toNanos();
    long now = now();
    if (!budget.take(now)) {
      ended(ready, AppCounts.PollStatus.rate_limited);
      return;
    }
    if (!destination.source().equals(lastSource)) {
      lastSource = destination.source();
      // Another pod may say the same: it is still to be seen that it is another one.
      channel.forgetAnswer();
    }
    Duration left = Duration.ofNanos(Math.max(LEAST_ATTEMPT.toNanos(), deadline - now));
    Duration timeout = ready.timeout().compareTo(left) < 0 ? ready.timeout() : left;
    environment.times().sent();
    Answer answer =
        environment.client().ask(channel, destination, ready.call(), ready.tls(), timeout);
    String endpoint = endpointOf(destination);
    switch (answer) {
      case Answer.State(var data, var errors, _) -> {
        succeeded(ready);
        observe(new Seen.State(endpoint, data, gaps(errors)));
      }
      case Answer.Same _ -> {
        succeeded(ready);
        if (ready.everyAnswer()) {
          observe(new Seen.Same(endpoint));
        }
      }
      case Answer.Failed failed -> failed(ready, failed, deadline);
    }
  }

  private static String endpointOf(Destination destination) {
    return destination.source().equals("url")
        ? destination.url()
        : destination.url() + " (" + destination.source() + ")";
  }

  private void succeeded(Setup.Ready ready) {
    circuit.close();
    missesEndpoint = false;
    ended(ready, AppCounts.PollStatus.success);
  }

  private void failed(Setup.Ready ready, Answer.Failed failed, long deadline) {
    failedAttempts++;
    counts.failed(failed.kind().name());
    Duration pause = retryPause.after(failedAttempts, failed.retryAfter());
    long retryAt = now() + pause.toNanos();
    boolean again =
        failed.kind().mayPass()
            && failedAttempts < circuit.attempts(ready.retries())
            && retryAt + LEAST_ATTEMPT.toNanos() < deadline;
    if (again) {
      attemptDue = retryAt;
      return;
    }
    circuit.failed();
    missesEndpoint = true;
    // The first answer after a failure is news even if it is the same as the last one.
    channel.forgetAnswer();
    ended(ready, AppCounts.PollStatus.error);
    observe(
        new Seen.Failure(
            failed.kind().name(), failed.message(), failed.kind() == FailureKind.QueryInvalid));
  }

  private void ended(Setup.Ready ready, AppCounts.PollStatus status) {
    long now = now();
    counts.polled(status, (now - begun) / 1e9);
    failedAttempts = 0;
    Pace own = pace == null ? new Pace(environment.random(), pollDue) : pace;
    pace = own;
    pollDue = own.next(circuit.pause(ready.interval()), now);
    attemptDue = pollDue;
  }

  private static List<Seen.Gap> gaps(List<GraphQlError> errors) {
    return errors.stream().map(error -> new Seen.Gap(error.path(), error.message())).toList();
  }

  private void observe(Seen seen) {
    held = seen;
    heldAt = environment.clock().instant();
    handInFailures = 0;
    handInAt = now();
    handIn(handInAt);
  }

  // True when nothing is left to hand in.
  private boolean handIn(long now) {
    if (held == null) {
      return true;
    }
    if (now < handInAt) {
      return false;
    }
    AppObserver.Step step = environment.observer().observed(app, held, heldAt);
    return switch (step) {
      case AppObserver.Step.Done _ -> {
        held = null;
        handInFailures = 0;
        yield true;
      }
      case AppObserver.Step.Again(Duration after) -> {
        handInAt = now() + handInPause(after).toNanos();
        yield false;
      }
    };
  }

  private Duration handInPause(Duration asked) {
    if (asked.isPositive()) {
      return asked;
    }
    Duration pause = SETTLE_AGAIN.multipliedBy(1L << Math.min(handInFailures++, LARGEST_SHIFT));
    return pause.compareTo(LONGEST_SETTLE) > 0 ? LONGEST_SETTLE : pause;
  }

  private long now() {
    return environment.scheduler().nanos();
  }
}
