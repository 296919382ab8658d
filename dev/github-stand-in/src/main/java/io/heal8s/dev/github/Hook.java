// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells a webhook what happened to a pull request, in the form that GitHub publishes, signed. */
record Hook(Links links, Description description) {

  private static final String CLOSED = "webhook-pull-request-closed";
  private static final Caller EVERYBODY = new Caller("reviewer", Access.READ, Instant.MAX);

  /** The delivery about the end of a pull request, merged or not. */
  JsonNode closed(HostedPullRequest pull) {
    ObjectNode sparse =
        JsonNodeFactory.instance.objectNode().put("action", "closed").put("number", pull.number());
    sparse.set("pull_request", new PullRequestJson(links, EVERYBODY).shown(pull, true));
    sparse.set("repository", RepositoryRoutes.shown(pull.repository(), links, EVERYBODY));
    sparse.set("sender", RepositoryRoutes.user(EVERYBODY.login(), links));
    return description.completed(CLOSED, sparse, links.nowhere());
  }

  /** What is wrong with such a delivery; empty when nothing is. */
  List<String> problems(JsonNode delivery) {
    return description.problems(CLOSED, delivery);
  }

  /** Sends a delivery and returns how it was answered. */
  static int send(JsonNode delivery, URI to, String key) throws IOException {
    byte[] body = delivery.toString().getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/json")
            .header("User-Agent", "GitHub-Hookshot/044aadd")
            .header("X-GitHub-Event", "pull_request")
            .header("X-GitHub-Delivery", UUID.randomUUID().toString())
            .header("X-Hub-Signature-256", "sha256=" + signature(body, key))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while delivering", e);
    }
  }

  private static String signature(byte[] body, String key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
