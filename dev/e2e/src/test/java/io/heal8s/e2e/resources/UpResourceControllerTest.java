// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The service alone, with nothing but a folder. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "setsid and env --default-signal are Linux's")
class UpResourceControllerTest {

  private static final String TYPE =
      """
      {"name":"DatabaseCluster","version":"v1","schema":{"type":"object","required":["engine"],
       "properties":{"engine":{"type":"string","enum":["postgres","mysql","mariadb"]}}}}
      """;
  private static final String BY_NAME = "/api/v1/resources/by-name/DatabaseCluster/v1/";

  @TempDir private Path folder;
  private HttpServer target;

  @BeforeEach
  void start() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"endpoint\":\"db-1\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    target.start();
  }

  @AfterEach
  void stop() {
    target.stop(0);
  }

  /** Every setting that the original had, by its name, from the environment. */
  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("DB_MIN_POOL_SIZE", "2"),
        Map.entry("DB_MAX_POOL_SIZE", "8"),
        Map.entry("RECONCILE_INTERVAL", "5"),
        Map.entry("MAX_CONCURRENT_RECONCILES", "3"),
        Map.entry("BACKOFF_BASE_DELAY", "7"),
        Map.entry("BACKOFF_MAX_DELAY", "70"),
        Map.entry("BACKOFF_JITTER_FACTOR", "0"),
        Map.entry("API_HOST", "127.0.0.1"),
        Map.entry("LOG_LEVEL", "WARN"),
        Map.entry("CORS_ENABLED", "true"),
        Map.entry("CORS_ORIGINS", "https://console.example"),
        Map.entry("ENABLED_ACTION_PLUGINS", "http"),
        Map.entry("ENABLED_INPUT_PLUGINS", "http"),
        Map.entry("PLUGIN_CONFIGS", "{\"http\":{\"timeout\":\"20\"}}"),
        Map.entry("OUTBOUND_ALLOWED_CIDRS", "127.0.0.0/8"),
        Map.entry("OUTBOUND_PLAIN_HTTP", "true"),
        Map.entry("OUTBOUND_PORTS", Integer.toString(target.getAddress().getPort())));
  }

  private String resource(String name) {
    return """
    {"name":"%s","resource_type_name":"DatabaseCluster","resource_type_version":"v1",
     "action_plugin":"http","spec":{"engine":"postgres"},
     "plugin_config":{"url":"http://127.0.0.1:%d/databases/{name}"}}
    """
        .formatted(name, target.getAddress().getPort());
  }

  @Test
  void whatWasStoredOutlivesCtrlCAndKillAndTheDatabaseEndsWithTheService() throws Exception {
    try (UpProcess first = UpProcess.start(folder, settings(), "--auth", "none").awaitUp()) {
      assertThat(first.call("POST", "/api/v1/resource-types", TYPE).statusCode()).isEqualTo(201);
      HttpResponse<String> created = first.call("POST", "/api/v1/resources", resource("first"));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      awaitReady(first, "first");
      assertThat(first.call("GET", "/api/v1/plugins/actions", null).body())
          .contains("\"http\"")
          .doesNotContain("github_actions");
      assertThat(
              first
                  .call("GET", "/", null, "Origin", "https://console.example")
                  .headers()
                  .firstValue("Access-Control-Allow-Origin"))
          .contains("https://console.example");
      ProcessHandle database = first.database().orElseThrow();

      first.interrupt();

      assertThat(first.exit(Duration.ofSeconds(60))).as("exit code of Ctrl-C").contains(130);
      // The server takes its file away before it goes, and init may be late to notice.
      await()
          .alias("the database ended with it: " + first.log())
          .atMost(Duration.ofSeconds(60))
          .until(() -> !database.isAlive());
      assertThat(first.log())
          .as("LOG_LEVEL is WARN, and an end is no reason to warn of anything but AUTH=none")
          .doesNotContain(" INFO ")
          .doesNotContain("Exception")
          .doesNotContain(" ERROR ");
    }

    ProcessHandle orphan;
    try (UpProcess second = UpProcess.start(folder, settings(), "--auth", "none").awaitUp()) {
      // It may just be reconciled anew.
      awaitReady(second, "first");
      assertThat(second.call("POST", "/api/v1/resources", resource("second")).statusCode())
          .isEqualTo(201);
      awaitReady(second, "second");
      orphan = second.database().orElseThrow();
      second.kill();

      try (UpProcess third = UpProcess.start(folder, settings(), "--auth", "none").awaitUp()) {
        // Init may be late to notice its end, too.
        await("what the killed one left has ended").until(() -> !orphan.isAlive());
        awaitReady(third, "second");

        UpProcess fourth = UpProcess.start(folder, Map.of(), "--auth", "none");
        assertThat(fourth.exit(Duration.ofSeconds(60))).contains(1);
        assertThat(fourth.log()).contains("another process uses it");
        assertThat(third.call("GET", "/health", null).statusCode())
            .as("the one that uses it goes on")
            .isEqualTo(200);
      }
    }
  }

  private static void awaitReady(UpProcess service, String name) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(service.call("GET", BY_NAME + name, null).body())
                    .contains("\"status\":\"ready\""));
  }

  @Test
  void aWrongSettingEndsTheStartWithOneLineAndLeavesNoDatabaseBehind() throws Exception {
    try (UpProcess wrong =
        UpProcess.start(folder, Map.of("MAX_CONCURRENT_RECONCILES", "many"), "--auth", "none")) {
      Optional<Integer> exit = wrong.exit(Duration.ofSeconds(60));
      assertThat(exit).as(wrong.log()).contains(1);
      assertThat(wrong.log().lines())
          .filteredOn(line -> line.contains("MAX_CONCURRENT_RECONCILES"))
          .singleElement()
          .asString()
          .contains("'many': must be a whole number from 1 to 10000");
      assertThat(wrong.log()).doesNotContain("\tat ");
      assertThat(wrong.database()).isEmpty();
    }
  }

  @Test
  void wrongOptionsAreSaid() throws Exception {
    try (UpProcess unknown = UpProcess.start(folder, Map.of(), "--colour", "red")) {
      assertThat(unknown.exit(Duration.ofSeconds(20))).contains(2);
      assertThat(unknown.log()).contains("resource-controller has no option --colour");
    }
    try (UpProcess valueless = UpProcess.start(folder, Map.of(), "--auth")) {
      assertThat(valueless.exit(Duration.ofSeconds(20))).contains(2);
      assertThat(valueless.log()).contains("--auth needs a value");
    }
  }
}
