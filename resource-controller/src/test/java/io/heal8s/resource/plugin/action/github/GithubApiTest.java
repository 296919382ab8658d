// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.MoodyServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GithubApiTest {

  @Test
  @Timeout(60)
  void aPauseIsNotMadeShorterByACallThatWasUnderWay() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    Instant now = Instant.parse("2026-03-01T10:00:00Z");
    try (MoodyServer server = new MoodyServer();
        Connection github =
            Connection.open(
                new GivenEnvironment(
                    Map.of("GITHUB_API_URL", server.url("")), Map.of(), () -> now))) {
      server.answers(
          request -> {
            boolean slow = request.target().endsWith("/slow");
            if (slow) {
              arrived.countDown();
              awaited(told);
            }
            return MoodyServer.Reply.json(429, "{}").with("Retry-After", slow ? "1" : "600");
          });
      CompletableFuture<Reply> slow =
          CompletableFuture.supplyAsync(() -> github.api().get("/slow", new Access.Anonymous()));
      arrived.await();
      github.api().get("/fast", new Access.Anonymous());
      told.countDown();
      slow.join();
      assertThat(github.api().get("/later", new Access.Anonymous()))
          .isInstanceOfSatisfying(
              Reply.Limited.class,
              limited -> assertThat(limited.pause()).isEqualTo(Duration.ofMinutes(10)));
    }
  }

  @Test
  void aWrongWordAboutLimitsEndsTheStart() {
    GivenEnvironment wrong =
        new GivenEnvironment(
            Map.of("GITHUB_ACTIONS_LIMITS", "off"), Map.of(), InstantSource.system());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Connection.open(wrong).close())
        .withMessage(
            "GITHUB_ACTIONS_LIMITS is 'off': must be true, or false for a server without limits");
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
