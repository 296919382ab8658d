// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.store.postgres.ConnectionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service in this process, on free ports. */
public final class RunningService implements AutoCloseable {

  static final String ADMIN = "admin";
  static final String PASSWORD = "correct horse";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String DATA = "DATA_DIR=";

  private final ConfigurableApplicationContext context;
  private final @Nullable Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable String token;

  private RunningService(ConfigurableApplicationContext context, @Nullable Path data) {
    this.context = context;
    this.data = data;
  }

  /** Starts it; settings are given as {@code NAME=value} and override the test's own. */
  public static RunningService start(ConnectionSettings database, String... settings) {
    try {
      boolean has = Arrays.stream(settings).anyMatch(setting -> setting.startsWith(DATA));
      Path data = has ? null : Files.createTempDirectory("heal8s-data-");
      List<String> args =
          new ArrayList<>(
              List.of(
                  "--server.port=0",
                  "--server.address=127.0.0.1",
                  "--heal8s.management.port=0",
                  "--DB_HOST=" + database.host(),
                  "--DB_PORT=" + database.port(),
                  "--DB_NAME=" + database.name(),
                  "--DB_USER=" + database.user(),
                  "--DB_PASSWORD=" + passwordOf(database),
                  "--DB_MIN_POOL_SIZE=2",
                  "--DB_MAX_POOL_SIZE=10",
                  "--INITIAL_ADMIN_USERNAME=" + ADMIN,
                  "--INITIAL_ADMIN_PASSWORD=" + PASSWORD));
      for (String setting : settings) {
        args.add("--" + setting);
      }
      if (data != null) {
        args.add("--" + DATA + data);
      }
      Properties defaults = new Properties();
      try (InputStream in =
          RunningService.class.getResourceAsStream("/heal8s-defaults.properties")) {
        defaults.load(Objects.requireNonNull(in));
      }
      defaults.setProperty("logging.structured.format.console", "");
      return new RunningService(started(defaults, args, data), data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that cannot start leaves nothing behind, either. */
  private static ConfigurableApplicationContext started(
      Properties defaults, List<String> args, @Nullable Path data) {
    try {
      return new SpringApplicationBuilder(ResourceControllerApplication.class)
          .properties(defaults)
          .run(args.toArray(String[]::new));
    } catch (RuntimeException e) {
      remove(data);
      throw e;
    }
  }

  /** The server of the tests trusts everybody on this machine, but a password must be given. */
  private static String passwordOf(ConnectionSettings database) {
    String password = database.password().reveal();
    return password.isEmpty() ? "unused" : password;
  }

  int port() {
    return Integer.parseInt(
        Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
  }

  /** All parts of that kind. */
  <T> Collection<T> beans(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  /** One of its parts. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Logs in; what is called from now on is called as that user. */
  RunningService loginAs(String username, String password) {
    token = null;
    Answer answer =
        call(
            "POST",
            "/api/v1/auth/login",
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password));
    token = answer.json().path("access_token").asString("");
    return this;
  }

  RunningService withToken(@Nullable String other) {
    token = other;
    return this;
  }

  String token() {
    return Objects.requireNonNull(token);
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  /** Calls; the headers are names and values in turn. */
  Answer call(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return send(
        request.method(
            method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    context.close();
    http.close();
    remove(data);
  }

  private static void remove(@Nullable Path data) {
    // Some tests close it twice.
    if (data == null || Files.notExists(data)) {
      return;
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came back. */
  record Answer(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    JsonNode json() {
      return JSON.readTree(response.body());
    }

    String detail() {
      return json().path("detail").asString("");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }
}
