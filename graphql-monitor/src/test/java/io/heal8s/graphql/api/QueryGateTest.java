// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.util.CollectionUtils;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class QueryGateTest {

  private final List<String> refused = new CopyOnWriteArrayList<>();

  private static WebGraphQlRequest request() {
    return new WebGraphQlRequest(
        URI.create("http://127.0.0.1/graphql"),
        new HttpHeaders(),
        CollectionUtils.toMultiValueMap(Map.of()),
        null,
        Map.of(),
        new DefaultGraphQlRequest("{ __typename }"),
        "1",
        Locale.ROOT);
  }

  private QueryGate gate(Duration wait) {
    return new QueryGate(2, wait, (status, reason) -> refused.add(status + " " + reason));
  }

  private static @Nullable String error(@Nullable WebGraphQlResponse response) {
    return response == null || response.getErrors().isEmpty()
        ? null
        : response.getErrors().getFirst().getMessage();
  }

  @Test
  void onlySoManyRunAndTheNextIsToldToTryAgain() {
    QueryGate gate = gate(Duration.ofMillis(1));
    List<Sinks.One<WebGraphQlResponse>> running = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 2; i++) {
      Sinks.One<WebGraphQlResponse> end = Sinks.one();
      running.add(end);
      gate.intercept(request(), _ -> end.asMono()).subscribe();
    }
    assertThat(error(gate.intercept(request(), _ -> Mono.empty()).block()))
        .isEqualTo("too many ask at once: try again");
    assertThat(refused).containsExactly("503 Busy");
    running.getFirst().tryEmitEmpty();
    assertThat(error(gate.intercept(request(), _ -> Mono.empty()).block())).isNull();
    assertThat(refused).hasSize(1);
  }

  @Test
  void aPlaceIsGivenBackHoweverAQueryEnds() {
    QueryGate gate = gate(Duration.ofMillis(1));
    for (int i = 0; i < 5; i++) {
      gate.intercept(
              request(),
              _ -> {
                throw new IllegalStateException("before it began");
              })
          .onErrorComplete()
          .block();
      gate.intercept(request(), _ -> Mono.error(new IllegalStateException("in the middle")))
          .onErrorComplete()
          .block();
      Disposable cancelled = gate.intercept(request(), _ -> Mono.never()).subscribe();
      cancelled.dispose();
    }
    assertThat(refused).isEmpty();
  }

  @Test
  void whoComesNextWaitsForALittle() {
    QueryGate gate = gate(Duration.ofSeconds(20));
    Sinks.One<WebGraphQlResponse> end = Sinks.one();
    gate.intercept(request(), _ -> end.asMono()).subscribe();
    gate.intercept(request(), _ -> Mono.never()).subscribe();
    AtomicInteger begun = new AtomicInteger();
    Thread third =
        Thread.ofVirtual()
            .start(
                () ->
                    gate.intercept(request(), _ -> Mono.fromRunnable(begun::incrementAndGet))
                        .block());
    await().until(() -> third.getState() == Thread.State.TIMED_WAITING);
    assertThat(begun).hasValue(0);
    end.tryEmitEmpty();
    await().until(() -> begun.get() == 1);
  }
}
