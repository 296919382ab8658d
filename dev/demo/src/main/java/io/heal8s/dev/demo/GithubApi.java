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
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's REST API as a reviewer's own script would use it: nothing of heal8s takes part. Reads
 * are conditional, so that waiting for something costs nothing.
 */
final class GithubApi {

  /**
   * An answer.
   *
   * @param body an empty object for none
   */
  record Answer(int status, JsonElement body) {

    JsonObject object() {
      return body.getAsJsonObject();
    }

    String said() {
      JsonElement message = body.isJsonObject() ? object().get("message") : null;
      return status + (message == null ? "" : " " + message.getAsString());
    }
  }

  private record Known(String tag, Answer answer) {}

  private final GithubTarget target;
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  GithubApi(GithubTarget target) {
    this.target = target;
  }

  /** Reads what is below the repository. */
  Answer get(String rest) {
    Known before = known.get(rest);
    HttpResponse<String> response = send("GET", rest, null, before == null ? null : before.tag());
    if (response.statusCode() == 304 && before != null) {
      return before.answer();
    }
    Answer answer = answer(response);
    response.headers().firstValue("ETag").ifPresent(tag -> known.put(rest, new Known(tag, answer)));
    return answer;
  }

  /** Changes what is below the repository. */
  Answer send(String method, String rest, @Nullable JsonObject body) {
    return answer(send(method, rest, body, null));
  }

  private HttpResponse<String> send(
      String method, String rest, @Nullable JsonObject body, @Nullable String tag) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target.api() + "/repos/" + target.repository() + rest))
            .timeout(Duration.ofSeconds(30))
            .header("Accept", "application/vnd.github+json")
            .header("Authorization", "Bearer " + target.token())
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()));
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("GitHub does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.body().isBlank() ? new JsonObject() : JsonParser.parseString(response.body()));
  }
}
