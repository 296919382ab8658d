// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.e2e.CalledCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./heal8s resources}: each command, against the service itself, in a resource's life. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the service is started as on Linux")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResourcesCommandTest {

  private static final String PG = "DatabaseCluster/v1/pg";

  private Path folder;
  private HttpServer target;
  private UpProcess service;
  private String token;
  private String out = "";
  private String err = "";

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          byte[] asked = exchange.getRequestBody().readAllBytes();
          boolean broken =
              new String(asked, java.nio.charset.StandardCharsets.UTF_8).contains("mysql");
          byte[] body = "{\"endpoint\":\"db-1\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(broken ? 400 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    target.start();
    service =
        UpProcess.start(
                folder,
                Map.of(
                    "INITIAL_ADMIN_USERNAME", "robin",
                    "INITIAL_ADMIN_PASSWORD", "correct horse",
                    "OUTBOUND_ALLOWED_CIDRS", "127.0.0.0/8",
                    "OUTBOUND_PLAIN_HTTP", "true",
                    "OUTBOUND_PORTS", Integer.toString(target.getAddress().getPort())))
            .awaitUp();
    String login =
        service
            .call(
                "POST",
                "/api/v1/auth/login",
                "{\"username\":\"robin\",\"password\":\"correct horse\"}")
            .body();
    String bearer = JsonMapper.shared().readTree(login).path("access_token").asString("");
    token = Files.writeString(folder.resolve("token"), bearer + "\n").toString();
    assertThat(
            service
                .call(
                    "POST",
                    "/api/v1/resource-types",
                    "{\"name\":\"DatabaseCluster\",\"version\":\"v1\",\"schema\":{\"type\":\"object\","
                        + "\"required\":[\"engine\"],\"properties\":{\"storage_gb\":{\"minimum\":10}}}}",
                    "Authorization",
                    "Bearer " + bearer)
                .statusCode())
        .isEqualTo(201);
  }

  @AfterAll
  void stop() {
    service.close();
    target.stop(0);
  }

  private int run(String... arguments) throws Exception {
    return runAt(service.address(), token, arguments);
  }

  private int runAt(String server, String tokenFile, String... arguments) throws Exception {
    List<String> line =
        new ArrayList<>(List.of("resources", "--server", server, "--token-file", tokenFile));
    line.addAll(List.of(arguments));
    CalledCommand ended = CalledCommand.call(Map.of(), line);
    out = ended.out();
    err = ended.err();
    return ended.code();
  }

  private JsonNode printed() {
    return JsonMapper.shared().readTree(out);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String manifest(int storage, String engine) throws IOException {
    return file(
        "pg.yaml",
        """
        name: pg
        resource_type_name: DatabaseCluster
        resource_type_version: v1
        action_plugin: http
        spec: {engine: %s, engine_version: "16.2", storage_gb: %d}
        plugin_config:
          url: http://127.0.0.1:%d/databases/{name}
        metadata:
          labels: {env: prod}
        """
            .formatted(engine, storage, target.getAddress().getPort()));
  }

  @Test
  @Order(1)
  void applyCreatesAndSaysWhatItDid() throws Exception {
    assertThat(run("apply", "-f", manifest(500, "postgres"))).as(err).isZero();
    assertThat(out).contains("OUTCOME").contains("created");
    assertThat(run("apply", "-f", manifest(500, "postgres"))).isZero();
    assertThat(out).contains("unchanged");
  }

  @Test
  @Order(2)
  void applySaysWhatIsWrongAndFails() throws Exception {
    assertThat(run("apply", "-f", manifest(5, "postgres"))).isEqualTo(1);
    assertThat(out).contains("failed").contains("storage_gb: 5 is less than the minimum of 10");
    assertThat(run("apply", "-f", folder.resolve("none.yaml").toString())).isEqualTo(1);
    assertThat(err).contains("none.yaml");
    assertThat(run("apply", "-f", file("empty.yaml", "# nothing\n"))).isEqualTo(1);
    assertThat(err).contains("holds nothing");
  }

  @Test
  @Order(3)
  void statusFollowsUntilItIsReady() throws Exception {
    assertThat(run("status", "-f", PG)).as(err).isZero();
    assertThat(out.strip().lines().toList().getLast()).startsWith("ready");
  }

  @Test
  @Order(4)
  void getListsFiltersAndShows() throws Exception {
    assertThat(run("get", "-l", "env=prod")).isZero();
    assertThat(out).contains("RESOURCE TYPE NAME").contains("DatabaseCluster");
    assertThat(run("get", "-l", "env=test", "--json")).isZero();
    assertThat(printed().size()).isZero();
    assertThat(run("get", PG)).isZero();
    assertThat(printed().path("spec").path("engine_version").asString())
        .as("a text stays a text")
        .isEqualTo("16.2");
  }

  @Test
  @Order(5)
  void describeHistoryOutputsAndState() throws Exception {
    assertThat(run("describe", PG)).isZero();
    assertThat(out).contains("\"generation\": 1").contains("RECONCILE TIME");
    assertThat(run("history", PG, "-n", "1")).isZero();
    assertThat(out.strip().lines()).hasSize(2);
    assertThat(out).contains("initial");
    assertThat(run("outputs", PG)).isZero();
    assertThat(printed().path("outputs").path("body").path("endpoint").asString())
        .isEqualTo("db-1");
    assertThat(run("state", PG)).isZero();
    assertThat(printed().path("status").asString()).isEqualTo("ready");
  }

  @Test
  @Order(6)
  void updateReplacesTheSpec() throws Exception {
    assertThat(run("update", PG, "-f", file("spec.yaml", "{engine: mysql, storage_gb: 20}")))
        .isZero();
    assertThat(printed().path("generation").asInt()).isEqualTo(2);
    assertThat(run("status", "-f", PG)).as("the target refuses mysql").isEqualTo(1);
    assertThat(out).contains("failed");
  }

  @Test
  @Order(7)
  void reconcileTriesAgainAtOnce() throws Exception {
    assertThat(run("reconcile", PG)).isZero();
    assertThat(out.strip()).isEqualTo("Reconciliation triggered");
  }

  @Test
  @Order(8)
  void deleteMarksIt() throws Exception {
    assertThat(run("delete", PG)).isZero();
    assertThat(out.strip()).isEqualTo("Resource marked for deletion");
  }

  @Test
  @Order(9)
  void whatCannotBeIsOneLineAndExitCode1() throws Exception {
    assertThat(run("get", "999999")).isEqualTo(1);
    assertThat(err.strip()).isEqualTo("heal8s resources: 404: Resource not found");
    assertThat(run("get", "pg")).isEqualTo(1);
    assertThat(err).contains("'pg' is neither the number of a resource nor");
    assertThat(runAt(service.address(), file("bad", "nonsense"), "get")).isEqualTo(1);
    assertThat(err).contains("401: Invalid token");
    assertThat(runAt("http://127.0.0.1:" + ServiceProcess.freePort(), token, "get")).isEqualTo(1);
    assertThat(err).contains("cannot be reached");
    assertThat(run()).as("no command").isEqualTo(2);
  }
}
