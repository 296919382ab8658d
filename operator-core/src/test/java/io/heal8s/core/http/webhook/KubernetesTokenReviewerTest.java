// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.heal8s.core.http.secret.ManualClock;
import io.heal8s.core.http.secret.Secret;
import io.kubernetes.client.openapi.ApiClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesTokenReviewerTest {
  private final AtomicReference<JsonObject> question = new AtomicReference<>(new JsonObject());
  private final AtomicReference<String> status = new AtomicReference<>("{}");
  private final AtomicInteger code = new AtomicInteger(201);
  private HttpServer server;
  private ApiClient client;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/apis/authentication.k8s.io/v1/tokenreviews",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          question.set(JsonParser.parseString(body).getAsJsonObject());
          byte[] answer =
              ("{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{},"
                      + "\"status\":"
                      + status.get()
                      + "}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(code.get(), answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    client = new ApiClient();
    client.setBasePath("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    client.getHttpClient().dispatcher().executorService().shutdown();
    client.getHttpClient().connectionPool().evictAll();
  }

  private TokenReviewer.Review review(String... audiences) {
    return new KubernetesTokenReviewer(client, List.of(audiences)).review(Secret.of("a.b.c"));
  }

  @Test
  void asksForTheAudienceAndNamesTheUser() {
    status.set(
        "{\"authenticated\":true,\"audiences\":[\"heal8s\"],"
            + "\"user\":{\"username\":\"system:serviceaccount:a:b\",\"groups\":[\"g\"]}}");

    assertThat(review("heal8s"))
        .isEqualTo(new TokenReviewer.Known("system:serviceaccount:a:b", Set.of("g")));
    JsonObject spec = question.get().getAsJsonObject("spec");
    assertThat(spec.get("token").getAsString()).isEqualTo("a.b.c");
    assertThat(spec.get("audiences").toString()).isEqualTo("[\"heal8s\"]");
  }

  @Test
  void anApiServerThatIgnoresTheAudienceIsNotBelieved() {
    status.set("{\"authenticated\":true,\"user\":{\"username\":\"u\"}}");

    assertThat(review("heal8s")).isEqualTo(new TokenReviewer.Unknown());
    assertThat(review()).isEqualTo(new TokenReviewer.Known("u", Set.of()));
  }

  @Test
  void whatIsNotAuthenticatedIsUnknown() {
    status.set("{\"authenticated\":false,\"error\":\"expired\"}");
    assertThat(review()).isEqualTo(new TokenReviewer.Unknown());

    status.set("{\"authenticated\":true}");
    assertThat(review()).as("authenticated, but nobody").isEqualTo(new TokenReviewer.Unknown());

    status.set("null");
    assertThat(review()).isEqualTo(new TokenReviewer.Unknown());
  }

  @Test
  void errorsAreUnreachableAndNeverKnown() {
    status.set("{\"authenticated\":true,\"user\":{\"username\":\"u\"}}");
    for (int failure : List.of(401, 403, 429, 500)) {
      code.set(failure);
      assertThat(review()).isEqualTo(new TokenReviewer.Unreachable());
    }
    server.stop(0);
    assertThat(review()).isEqualTo(new TokenReviewer.Unreachable());
  }

  @Test
  void oneTokenIsAskedAboutOnceAtATimeAndFewTokensAtOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    TokenReviewer slow =
        token -> {
          asked.incrementAndGet();
          try {
            assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new TokenReviewer.Known("u", Set.of());
        };
    TokenReviewer cached =
        new CachingTokenReviewer(slow, 100, Duration.ofSeconds(10), new ManualClock());

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<TokenReviewer.Review>> first =
          List.of(
              threads.submit(() -> cached.review(Secret.of("same"))),
              threads.submit(() -> cached.review(Secret.of("same"))),
              threads.submit(() -> cached.review(Secret.of("same"))));
      org.awaitility.Awaitility.await().until(() -> asked.get() == 1);
      // Eight places in all; the ninth different token is turned away at once.
      for (int i = 0; i < 7; i++) {
        String token = "other-" + i;
        var _ = threads.submit(() -> cached.review(Secret.of(token)));
      }
      org.awaitility.Awaitility.await().until(() -> asked.get() == 8);
      assertThat(cached.review(Secret.of("one-too-many")))
          .isEqualTo(new TokenReviewer.Unreachable());
      release.countDown();
      for (Future<TokenReviewer.Review> answer : first) {
        assertThat(answer.get()).isEqualTo(new TokenReviewer.Known("u", Set.of()));
      }
    }
    assertThat(asked).hasValue(8);
  }
}
