// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.api.kco.targetapp.Subscription;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.endpoint.Destination;
import io.heal8s.graphql.endpoint.EndpointReference;
import io.heal8s.graphql.endpoint.Found;
import io.heal8s.graphql.exchange.Answer;
import io.heal8s.graphql.exchange.GraphQlClient;
import io.heal8s.graphql.intent.Seen;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One app's turn: takes a changed setup over, hands in what is not handed in yet, polls if it is
 * time to. One thread at a time; only {@link #missing} and {@link #resumed} are called by others.
 */
final class PollTurn {

  /** It may be ours again in a moment, and nobody tells. */
  private static final Duration WHILE_GONE = Duration.ofSeconds(1);

  private final ObjectKey app;
  private final PollEnvironment environment;
  private final PollSchedule schedule;
  private final HandIn handIn;
  private final PollResults results;
  private final RequestBudget budget;
  private final Subscriber subscriber;
  private final GraphQlClient.Channel channel = new GraphQlClient.Channel();

  private @Nullable Setup setup;
  private @Nullable String lastSource;
  private List<Destination> asked = List.of();
  private boolean gone;
  private final AtomicBoolean resumed = new AtomicBoolean();
  // Pods and Services that came or changed and were not looked at yet.
  private final Set<String> moved = new HashSet<>();
  // Only for an app whose pods are all asked.
  private @Nullable PodRound pods;

  /**
   * @param spread longest time until the first poll, whose moment is left to chance
   * @param wake asks for a turn soon, from any thread
   */
  PollTurn(ObjectKey app, PollEnvironment environment, Duration spread, Runnable wake) {
    this.app = app;
    this.environment = environment;
    this.schedule = new PollSchedule(environment, spread);
    this.handIn = new HandIn(app, environment, wake);
    this.results = new PollResults(app, environment, schedule, handIn);
    this.budget =
        new RequestBudget(environment.requestsPerMinute(), environment.scheduler().nanos());
    this.subscriber = new Subscriber(environment, schedule, results, budget, wake);
  }

  /** The endpoint, while it is not there or does not answer; else null. */
  @Nullable EndpointReference missing() {
    return results.missing();
  }

  /** After a while in which others may have acted for the app; no turn need have run in it. */
  void resumed() {
    resumed.set(true);
  }

  void close() {
    disconnect();
    handIn.end();
  }

  private void disconnect() {
    channel.close();
    subscriber.close();
    if (pods != null) {
      pods.close();
      pods = null;
    }
  }

  /**
   * Does what is due.
   *
   * @param sources pods and Services of the endpoint that came or changed since the last turn, as
   *     sources of destinations
   * @return when the next turn is due, monotonic nanoseconds
   */
  long run(Set<String> sources) {
    moved.addAll(sources);
    handIn.proceed();
    if (handIn.wasOutdated()) {
      seeAnew();
    }
    if (handIn.isFull()) {
      return Math.min(handIn.due(), lookAgain());
    }
    Setup current = environment.setups().of(app, setup);
    return switch (current) {
      case Setup.Gone _ -> {
        gone = true;
        yield Math.min(handIn.due(), schedule.now() + WHILE_GONE.toNanos());
      }
      case Setup.Blocked blocked -> blocked(blocked);
      case Setup.Ready ready -> {
        if (resumed.getAndSet(false) || gone) {
          comeBack(ready);
        }
        yield ready(ready);
      }
    };
  }

  // Another replica may have recorded something meanwhile, or left something pending. An open
  // subscription goes on: it has kept what it was told, each with its time.
  private void comeBack(Setup.Ready ready) {
    gone = false;
    schedule.catchUp(ready.interval());
    forgetAnswers();
    handIn.settleAgain();
  }

  // The same answer as before may be news now.
  private void seeAnew() {
    forgetAnswers();
    if (subscriber.isOpen()) {
      subscriber.close();
      schedule.lookNow();
    }
  }

  private void forgetAnswers() {
    channel.forgetAnswer();
    if (pods != null) {
      pods.forgetAnswers();
    }
  }

  private long lookAgain() {
    return schedule.now() + environment.lookAgain().toNanos();
  }

  private long blocked(Setup.Blocked blocked) {
    boolean known =
        setup instanceof Setup.Blocked before && before.version().equals(blocked.version());
    setup = blocked;
    // Once it can be polled it is, at once.
    moved.clear();
    if (!known) {
      disconnect();
      results.blocked(blocked);
    }
    return Math.min(handIn.due(), lookAgain());
  }

  private long ready(Setup.Ready ready) {
    if (!(setup instanceof Setup.Ready known) || !known.version().equals(ready.version())) {
      takeOver();
      schedule.takeOver(ready.interval(), setup != null);
    }
    setup = ready;
    if (missing() != null && isNews(ready)) {
      schedule.lookNow();
    }
    moved.clear();
    Subscription.Protocol protocol = ready.protocol();
    long next = protocol == null ? poll(ready) : subscriber.listen(ready, protocol);
    return Math.min(handIn.due(), next);
  }

  // A pod of many that became ready says nothing of another one that does not answer.
  private boolean isNews(Setup.Ready ready) {
    if (moved.isEmpty()) {
      return false;
    }
    if (results.wasNowhere() || !(ready.reference() instanceof EndpointReference.Pods)) {
      return true;
    }
    return environment.endpoints().find(ready.reference(), lastSource)
            instanceof Found.At(var destinations)
        && destinations.stream()
            .anyMatch(found -> moved.contains(found.source()) || !asked.contains(found));
  }

  private void takeOver() {
    forgetAnswers();
    subscriber.close();
  }

  private long poll(Setup.Ready ready) {
    if (schedule.now() >= schedule.attemptDue()) {
      schedule.begin();
      switch (environment.endpoints().find(ready.reference(), lastSource)) {
        case Found.NotYet(Found.Reason reason, String message) ->
            noEndpoint(ready, reason, message, false);
        case Found.Never(Found.Reason reason, String message) ->
            noEndpoint(ready, reason, message, true);
        case Found.At(var destinations)
            when ready.reference() instanceof EndpointReference.Pods wanted && wanted.all() -> {
          asked = destinations;
          askAll(ready, destinations);
        }
        case Found.At(var destinations) -> {
          asked = destinations;
          ask(ready, destinations.getFirst());
        }
      }
    }
    return schedule.attemptDue();
  }

  private void noEndpoint(Setup.Ready ready, Reason reason, String message, boolean stalled) {
    channel.close();
    channel.forgetAnswer();
    if (pods != null) {
      pods.close();
    }
    results.noEndpoint(ready, reason, message, stalled);
  }

  private void ask(Setup.Ready ready, Destination destination) {
    if (isLimited(ready, 1)) {
      channel.forgetAnswer();
      return;
    }
    if (!destination.source().equals(lastSource)) {
      lastSource = destination.source();
      // Another pod may say the same: it is still to be seen that it is another one.
      channel.forgetAnswer();
    }
    environment.times().sent();
    Answer answer =
        environment
            .client()
            .ask(channel, destination, ready.call(), ready.tls(), schedule.timeout(ready));
    String endpoint = PollResults.endpointOf(destination);
    switch (answer) {
      case Answer.State(var data, var errors, _) ->
          results.succeeded(
              ready,
              new Seen.State(endpoint, data, PollResults.gaps(errors), false, slowed(ready, 1)));
      case Answer.Same _ ->
          results.succeeded(ready, ready.everyAnswer() ? new Seen.Same(endpoint) : null);
      case Answer.Failed failed -> {
        if (!results.failed(ready, failed)) {
          // The first answer after a failure is news even if it is the same as the last one.
          channel.forgetAnswer();
        }
      }
    }
  }

  private void askAll(Setup.Ready ready, List<Destination> destinations) {
    if (isLimited(ready, destinations.size())) {
      return;
    }
    PodRound round = pods == null ? new PodRound(environment, budget.burst()) : pods;
    pods = round;
    PodRound.Result result =
        round.ask(ready, destinations, schedule.timeout(ready), slowed(ready, destinations.size()));
    if (result.seen() == null) {
      // None answered: the first one stands for all.
      if (!results.failed(ready, result.failures().getFirst())) {
        round.forgetAnswers();
      }
      return;
    }
    result.failures().forEach(results::missed);
    boolean news = ready.everyAnswer() || !(result.seen() instanceof Seen.Same);
    results.succeeded(ready, news ? result.seen() : null);
  }

  // A poll that may not be sent now is sent as soon as it may.
  private boolean isLimited(Setup.Ready ready, int requests) {
    if (budget.take(requests, schedule.now())) {
      return false;
    }
    results.limited(ready, budget.holds(requests, schedule.now()));
    return true;
  }

  private String slowed(Setup.Ready ready, int requests) {
    return budget.slowed(requests, ready.interval());
  }
}
