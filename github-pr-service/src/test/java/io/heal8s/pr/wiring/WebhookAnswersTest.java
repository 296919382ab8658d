// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.boot.ServiceConnectors;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What callers of the webhook are told, while the API server is away. */
class WebhookAnswersTest {

  private static final String JSON = "application/json";
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: none, user: {token: none}}]
      contexts: [{name: none, context: {cluster: none, user: none}}]
      current-context: none
      """;

  @TempDir Path folder = Path.of("");
  private ConfigurableApplicationContext context;
  private SignedDelivery github;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("hmac"), SignedDelivery.KEY + "\n");
    context = run("--heal8s.pr.webhook.enabled=true", "--heal8s.pr.webhook.max-body=2KB");
    int port = context.getBean(ServiceConnectors.class).localPort(WebhookConfiguration.PORT);
    github = new SignedDelivery(port, SignedDelivery.KEY);
  }

  private ConfigurableApplicationContext run(String... more) throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG);
    return new SpringApplicationBuilder(GithubPrServiceApplication.class)
        .properties(
            "heal8s.kubernetes.kubeconfig=" + kubeconfig,
            "heal8s.management.port=0",
            "server.address=127.0.0.1",
            "heal8s.pr.webhook.port=0",
            "heal8s.pr.webhook.key-files=" + folder.resolve("hmac"))
        .run(more);
  }

  @AfterEach
  void stop() {
    context.close();
  }

  @Test
  void aPingIsTaken() {
    HttpResponse<String> answer = github.send("ping", JSON, "{\"zen\": \"Design for failure.\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"remediations\":[]}");
  }

  @Test
  void nobodyIsLetInWithoutTheKey() {
    SignedDelivery stranger = new SignedDelivery(github.port(), "another key of some length");

    assertThat(stranger.send("ping", JSON, "{}").statusCode()).isEqualTo(401);
    assertThat(
            github
                .send(github.request().POST(HttpRequest.BodyPublishers.ofString("{}")))
                .statusCode())
        .as("because nothing is signed")
        .isEqualTo(401);
    assertThat(
            context
                .getBean(MeterRegistry.class)
                .get("heal8s.pr.webhook.deliveries")
                .tags("result", "BadSignature")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void onlyPostIsAnswered() {
    HttpResponse<String> answer = github.send(github.request().GET());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void aLargeBodyIsNotRead() {
    assertThat(github.send("pull_request", JSON, " ".repeat(2049)).statusCode()).isEqualTo(413);
  }

  @Test
  void whatIsNoDeliveryIsRefused() {
    assertThat(github.send("pull_request", JSON, "{").statusCode()).isEqualTo(400);
    assertThat(github.send("pull_request", JSON, "[]").statusCode()).isEqualTo(400);
    assertThat(github.send("pull_request", JSON, "{\"pull_request\": {}}").statusCode())
        .isEqualTo(400);
    assertThat(
            github
                .send("pull_request", "application/x-www-form-urlencoded", "other=1")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void itIsToldToComeBackWhileTheRemediationsAreNotKnown() {
    String delivery = SignedDelivery.pullRequest("heal8s/x", "null");

    assertThat(github.send("pull_request", JSON, delivery).statusCode()).isEqualTo(503);
  }

  @Test
  void aWebhookWithoutAKeyDoesNotStart() {
    assertThatThrownBy(
            () ->
                run(
                    "--heal8s.pr.webhook.enabled=true",
                    "--heal8s.pr.webhook.key-files=" + folder.resolve("none")))
        .rootCause()
        .hasMessageContaining("key-files = [" + folder.resolve("none") + "] holds no secret");
  }

  @Test
  void thereIsNoneUnlessItIsSwitchedOn() throws IOException {
    try (ConfigurableApplicationContext off = run()) {
      assertThat(off.getBeanNamesForType(io.heal8s.pr.webhook.GithubWebhookServlet.class))
          .isEmpty();
      assertThat(off.getBeansOfType(io.heal8s.core.boot.ServicePort.class))
          .doesNotContainKey("webhookPort");
    }
  }
}
