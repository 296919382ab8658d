// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * JSON over HTTP, as a person calls it with curl: no answer that was not expected is passed over.
 */
final class ResourceApi implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String root;
  private final @Nullable String token;

  /**
   * An API.
   *
   * @param root address before every path, without a slash at its end
   * @param token bearer token; null to send none
   */
  ResourceApi(String root, @Nullable String token) {
    this.root = root;
    this.token = token;
  }

  /**
   * Calls and returns the answer's object.
   *
   * @throws IllegalStateException if the status is another one, with what the answer says
   */
  JsonObject call(String method, String path, @Nullable String body, int expected)
      throws InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() != expected) {
      throw new IllegalStateException(
          "%s %s answered %d: %s".formatted(method, path, answer.statusCode(), answer.body()));
    }
    JsonElement json = JsonParser.parseString(answer.body());
    return json.isJsonObject() ? json.getAsJsonObject() : new JsonObject();
  }

  /** The status alone. */
  int status(String method, String path, @Nullable String body) throws InterruptedException {
    return send(method, path, body).statusCode();
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(TIMEOUT)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
