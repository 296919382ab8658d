// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.heal8s.graphql.endpoint.Destination;
import io.heal8s.graphql.exchange.Answer;
import io.heal8s.graphql.exchange.GraphQlClient;
import io.heal8s.graphql.exchange.GraphQlError;
import io.heal8s.graphql.exchange.KeptState;
import io.heal8s.graphql.intent.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Asks every pod of one app, one request each and as many at once as may be, and makes one state of
 * the answers: {@code {"pods": {"<name>": <its state>}}}. A pod that does not answer is a gap,
 * where its state before goes on counting; only when none answers the round failed. Used by one
 * thread at a time.
 */
final class PodRound {

  private static final String POD = "pod/";

  private final PollEnvironment environment;
  private final Semaphore places;
  private final Map<String, Pod> pods = new TreeMap<>();

  /**
   * @param atOnce how many requests may be under way at a time
   */
  PodRound(PollEnvironment environment, int atOnce) {
    this.environment = environment;
    this.places = new Semaphore(atOnce, true);
  }

  /** What is kept of a pod between two rounds. */
  private static final class Pod {
    final GraphQlClient.Channel channel = new GraphQlClient.Channel();
    @Nullable KeptState state;
  }

  /**
   * What came of a round.
   *
   * @param seen null when no pod answered
   * @param failures why pods did not answer
   */
  record Result(@Nullable Seen seen, List<Answer.Failed> failures) {
    Result {
      failures = List.copyOf(failures);
    }
  }

  /**
   * Asks all of them.
   *
   * @param slowed as in {@link Seen.State}
   */
  Result ask(Setup.Ready ready, List<Destination> destinations, Duration timeout, String slowed) {
    boolean same = keep(destinations);
    Map<String, FutureTask<Answer>> asked = new TreeMap<>();
    for (Destination destination : destinations) {
      Pod pod = pods.computeIfAbsent(name(destination), name -> new Pod());
      FutureTask<Answer> task =
          new FutureTask<>(() -> ask(pod.channel, destination, ready, timeout));
      asked.put(name(destination), task);
      environment.executor().execute(task);
    }
    List<Seen.Gap> gaps = new ArrayList<>();
    List<Answer.Failed> failures = new ArrayList<>();
    for (Map.Entry<String, FutureTask<Answer>> one : asked.entrySet()) {
      String name = one.getKey();
      Pod pod = pods.get(name);
      Answer answer = result(one.getValue());
      same &= answer instanceof Answer.Same;
      if (pod == null) {
        continue;
      }
      switch (answer) {
        case Answer.State(JsonObject data, List<GraphQlError> errors, _) -> {
          pod.state = KeptState.of(data);
          errors.forEach(error -> gaps.add(gap(name, error.path(), error.message())));
        }
        case Answer.Same _ -> {}
        case Answer.Failed failed -> {
          failures.add(failed);
          // Its first answer afterwards is news, whatever it says.
          pod.channel.forgetAnswer();
          pod.state = null;
          gaps.add(gap(name, List.of(), failed.message()));
        }
      }
    }
    if (failures.size() == asked.size()) {
      return new Result(null, failures);
    }
    String endpoint = endpoint(destinations);
    if (same) {
      return new Result(new Seen.Same(endpoint, true), failures);
    }
    JsonObject data = new JsonObject();
    data.add(Seen.PODS, states(asked.keySet()));
    return new Result(new Seen.State(endpoint, data, gaps, true, slowed), failures);
  }

  private Answer ask(
      GraphQlClient.Channel channel, Destination destination, Setup.Ready ready, Duration timeout) {
    // Each request ends in time by itself, so a place comes free.
    places.acquireUninterruptibly();
    try {
      environment.times().sent();
      return environment.client().ask(channel, destination, ready.call(), ready.tls(), timeout);
    } finally {
      places.release();
    }
  }

  private JsonObject states(Set<String> names) {
    JsonObject states = new JsonObject();
    for (String name : names) {
      Pod pod = pods.get(name);
      if (pod != null) {
        states.add(name, pod.state == null ? JsonNull.INSTANCE : pod.state.open());
      }
    }
    return states;
  }

  // Whether the same pods are asked as the last time; the connections of the others end.
  private boolean keep(List<Destination> destinations) {
    List<String> now = destinations.stream().map(PodRound::name).toList();
    boolean same = pods.keySet().containsAll(now) && pods.size() == now.size();
    pods.entrySet()
        .removeIf(
            pod -> {
              boolean left = !now.contains(pod.getKey());
              if (left) {
                pod.getValue().channel.close();
              }
              return left;
            });
    return same;
  }

  private static Answer result(FutureTask<Answer> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException stopping) {
          // A request ends in time by itself, and who reads the answer must not go before.
          interrupted = true;
        } catch (ExecutionException bug) {
          throw new IllegalStateException("a request failed unexpectedly", bug.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String endpoint(List<Destination> destinations) {
    List<String> names = destinations.stream().map(Destination::source).sorted().toList();
    return "%s (all of %s)".formatted(destinations.getFirst().url(), String.join(", ", names));
  }

  private static Seen.Gap gap(String pod, List<String> path, String message) {
    List<String> whole = new ArrayList<>(List.of(Seen.PODS, pod));
    whole.addAll(path);
    return new Seen.Gap(whole, message);
  }

  private static String name(Destination destination) {
    String source = destination.source();
    return source.startsWith(POD) ? source.substring(POD.length()) : source;
  }

  /** The next answer of every pod is news. */
  void forgetAnswers() {
    pods.values().forEach(pod -> pod.channel.forgetAnswer());
  }

  /** Ends all connections. */
  void close() {
    pods.values().forEach(pod -> pod.channel.close());
    pods.clear();
  }
}
