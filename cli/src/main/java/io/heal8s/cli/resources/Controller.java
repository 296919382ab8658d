// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.resources;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The resource controller, called as the user says. */
final class Controller implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String server;
  private final @Nullable String token;

  Controller(URI server, @Nullable String token) {
    this.server = server.toString().replaceFirst("/+$", "");
    this.token = token;
  }

  /**
   * The number of a resource.
   *
   * @param named its number, or {@code TYPE/VERSION/NAME}
   */
  long id(String named) throws IOException, InterruptedException, RefusedException {
    if (named.matches("\\d{1,18}")) {
      return Long.parseLong(named);
    }
    String[] parts = named.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "'%s' is neither the number of a resource nor TYPE/VERSION/NAME".formatted(named));
    }
    StringBuilder path = new StringBuilder("/api/v1/resources/by-name");
    for (String part : parts) {
      path.append('/').append(encoded(part));
    }
    return call("GET", path.toString(), null) instanceof Map<?, ?> resource
            && resource.get("id") instanceof Number id
        ? id.longValue()
        : 0;
  }

  /**
   * The version that a user speaks of a resource; empty for the one that it is stored in.
   *
   * @param named its number, or {@code TYPE/VERSION/NAME}
   */
  static Optional<String> version(String named) {
    String[] parts = named.split("/", -1);
    return parts.length == 3 ? Optional.of(parts[1]) : Optional.empty();
  }

  /** The part of an address that asks for a version; nothing for the one that is stored. */
  static String query(Optional<String> version) {
    return version.map(each -> "?version=" + encoded(each)).orElse("");
  }

  /**
   * A list to its end, page by page.
   *
   * @param path with a query
   * @throws RefusedException if an answer is no success
   */
  List<Object> list(String path) throws IOException, InterruptedException, RefusedException {
    List<Object> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      HttpResponse<String> page =
          send("GET", path + cursor.map(each -> "&cursor=" + encoded(each)).orElse(""), null);
      if (parsed(page.body()) instanceof List<?> rows) {
        all.addAll(rows);
      }
      cursor = page.headers().firstValue("X-Next-Cursor");
    } while (cursor.isPresent());
    return all;
  }

  /**
   * Calls and returns what the body says; JSON is YAML.
   *
   * @throws RefusedException if the answer is no success
   */
  @Nullable Object call(String method, String path, @Nullable String body)
      throws IOException, InterruptedException, RefusedException {
    return json(send(method, path, body));
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException, RefusedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(TIMEOUT)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new RefusedException(response.statusCode(), json(response));
    }
    return response;
  }

  private static @Nullable Object json(HttpResponse<String> response) {
    return response.body().isBlank() ? null : parsed(response.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static @Nullable Object parsed(String text) {
    return new Load(LoadSettings.builder().setCodePointLimit(64 << 20).build())
        .loadFromString(text);
  }

  @Override
  public void close() {
    http.close();
  }

  /** The controller said no, and why. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(int status, @Nullable Object body) {
      super(
          body instanceof Map<?, ?> map && map.get("detail") != null
              ? status + ": " + map.get("detail")
              : Integer.toString(status));
    }
  }
}
