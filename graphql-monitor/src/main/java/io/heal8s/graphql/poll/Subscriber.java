// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.api.kco.targetapp.Subscription;
import io.heal8s.core.decide.Reason;
import io.heal8s.graphql.endpoint.Destination;
import io.heal8s.graphql.endpoint.Found;
import io.heal8s.graphql.exchange.Answer;
import io.heal8s.graphql.exchange.StateStream;
import io.heal8s.graphql.intent.Seen;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one app's subscription: begins it, hands in what it tells, one state after the other, and
 * begins it anew when it breaks, after the pauses of a failed poll. Used by one thread at a time.
 */
final class Subscriber {

  /** Reasons of a subscription; part of the API. */
  enum SubscriptionReason implements Reason {
    /** It is taken on, and no state was told yet. */
    NoStateTold
  }

  private final PollEnvironment environment;
  private final PollSchedule schedule;
  private final PollResults results;
  private final RequestBudget budget;
  private final Runnable wake;

  private @Nullable Feed feed;
  private @Nullable Destination destination;
  private @Nullable String lastSource;
  private boolean told;
  private long lookAt;

  Subscriber(
      PollEnvironment environment,
      PollSchedule schedule,
      PollResults results,
      RequestBudget budget,
      Runnable wake) {
    this.environment = environment;
    this.schedule = schedule;
    this.results = results;
    this.budget = budget;
    this.wake = wake;
  }

  /**
   * Does what is due.
   *
   * @return when something is due next, monotonic nanoseconds
   */
  long listen(Setup.Ready ready, Subscription.Protocol protocol) {
    if (feed == null && schedule.now() >= schedule.attemptDue()) {
      subscribe(ready, protocol);
    }
    hear(ready);
    if (feed != null && !results.handIn().isHeld() && schedule.now() >= lookAt) {
      lookAt = schedule.now() + ready.interval().toNanos();
      look(ready);
    }
    return feed == null ? schedule.attemptDue() : lookAt;
  }

  private void subscribe(Setup.Ready ready, Subscription.Protocol protocol) {
    schedule.begin();
    switch (environment.endpoints().find(ready.reference(), lastSource)) {
      case Found.NotYet(Found.Reason reason, String message) ->
          results.noEndpoint(ready, reason, message, false);
      case Found.Never(Found.Reason reason, String message) ->
          results.noEndpoint(ready, reason, message, true);
      case Found.At(var destinations) -> open(ready, protocol, destinations.getFirst());
    }
  }

  private void open(Setup.Ready ready, Subscription.Protocol protocol, Destination chosen) {
    if (!budget.take(1, schedule.now())) {
      results.limited(ready, budget.holds(1, schedule.now()));
      return;
    }
    lastSource = chosen.source();
    environment.times().sent();
    switch (environment
        .subscriptions()
        .open(
            chosen,
            ready.call(),
            protocol,
            ready.tls(),
            schedule.timeout(ready),
            ready.interval())) {
      case StateStream.Opening.Refused(Answer.Failed why) -> results.failed(ready, why);
      case StateStream.Opening.Open(StateStream stream) -> {
        destination = chosen;
        told = false;
        lookAt = schedule.now() + ready.interval().toNanos();
        feed = Feed.begin(stream, environment.executor(), environment.clock(), wake);
      }
    }
  }

  // Takes one state after the other, each only when the one before is handed in.
  private void hear(Setup.Ready ready) {
    while (feed != null && !results.handIn().isHeld()) {
      switch (feed.take()) {
        case null -> {
          return;
        }
        case Feed.Heard(StateStream.Event.Told(Answer answer), Instant at) ->
            heard(ready, answer, at);
        case Feed.Heard(StateStream.Event.Ended(Answer.Failed why), Instant _) -> {
          close();
          if (told) {
            // It was good until now; begun anew at once it may be so again before anybody sees.
            schedule.brokeNow();
          }
          results.failed(ready, why);
        }
      }
    }
  }

  private void heard(Setup.Ready ready, Answer answer, Instant at) {
    schedule.brokeNow();
    switch (answer) {
      case Answer.State(var data, var errors, _) -> {
        told = true;
        results.told(ready, new Seen.State(endpoint(), data, PollResults.gaps(errors)), at);
      }
      case Answer.Same _ -> {}
      case Answer.Failed failed -> results.untold(failed, at);
    }
  }

  // Once an interval: whether it still is the right place, and whether anything is known.
  private void look(Setup.Ready ready) {
    boolean right =
        environment.endpoints().find(ready.reference(), lastSource)
                instanceof Found.At(var destinations)
            && isStill(destinations.getFirst());
    if (!right) {
      close();
      schedule.lookNow();
      wake.run();
    } else if (!told) {
      String message = endpoint() + ": the subscription is taken on, but it has told no state yet";
      results.untold(
          SubscriptionReason.NoStateTold.name(), message, false, environment.clock().instant());
    } else if (ready.everyAnswer()) {
      results.succeeded(ready, new Seen.Same(endpoint()));
    }
  }

  // A name may stand for several addresses in turn; any of them is the app.
  private boolean isStill(Destination found) {
    return destination != null
        && found.source().equals(destination.source())
        && (found.source().equals("url") || found.sameConnection(destination));
  }

  private String endpoint() {
    return destination == null ? "" : PollResults.endpointOf(destination);
  }

  boolean isOpen() {
    return feed != null;
  }

  void close() {
    if (feed != null) {
      feed.close();
      feed = null;
    }
  }
}
