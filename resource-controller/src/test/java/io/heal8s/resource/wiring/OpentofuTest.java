// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.store.postgres.ConnectionSettings;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.RealTofu;
import io.heal8s.resource.testing.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A resource through the whole service, with the real OpenTofu. */
@ExtendWith(PostgresExtension.class)
class OpentofuTest {

  private static final String PATH = "/api/v1/resources/by-name/Server/v1/one";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String MAIN =
      """
      variable "size" { type = number }
      variable "password" { default = "" }
      resource "terraform_data" "server" {
        input = { size = var.size, password = var.password }
      }
      output "size" { value = var.size }
      output "password" {
        value     = terraform_data.server.output.password
        sensitive = true
      }
      output "echo" { value = "it is ${var.password}" }
      """;

  @TempDir Path folder;
  private Path tofu;

  @BeforeEach
  void find() {
    tofu = RealTofu.orSkip();
  }

  private RunningService start(ConnectionSettings database, String... more) {
    ObjectNode configs = JsonMapper.shared().createObjectNode();
    configs
        .putObject("opentofu")
        .put("binary", tofu.toString())
        .put("work_directory", folder.resolve("work").toString())
        .put("lease", 6)
        .put("grace", 2);
    List<String> settings =
        Stream.concat(
                Stream.of(
                    "AUTH=none",
                    "ENABLED_ACTION_PLUGINS=opentofu",
                    "SECRET_DIRECTORIES=" + folder,
                    "PLUGIN_CONFIGS=" + configs),
                Stream.of(more))
            .toList();
    return RunningService.start(database, settings.toArray(String[]::new));
  }

  private static void type(RunningService service, String main) {
    ObjectNode type = JsonMapper.shared().createObjectNode();
    type.put("name", "Server").put("version", "v1");
    type.putObject("schema").put("type", "object");
    ObjectNode settings = type.putObject("metadata").putObject("opentofu");
    settings.putObject("files").put("main.tf", main);
    settings.putArray("resource_variables").add("password");
    assertThat(service.call("POST", "/api/v1/resource-types", type.toString()).status())
        .isEqualTo(201);
  }

  private static long create(RunningService service, String config) {
    RunningService.Answer answer =
        service.call(
            "POST",
            "/api/v1/resources",
            "{\"name\":\"one\",\"resource_type_name\":\"Server\",\"resource_type_version\":\"v1\","
                + "\"action_plugin\":\"opentofu\",\"spec\":{\"size\":1},\"plugin_config\":"
                + config
                + "}");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json().path("id").asLong();
  }

  private static JsonNode awaited(RunningService service, String status) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> service.call("GET", PATH, null).json(),
            json -> {
              String now = json.path("status").asString("");
              assertThat(status.equals("failed") || !now.equals("failed"))
                  .as(json.path("status_message").asString(""))
                  .isTrue();
              return now.equals(status);
            });
    return service.call("GET", PATH, null).json();
  }

  private static int rows(RunningService service, String table) {
    return JdbcClient.create(service.bean(Database.class).pool())
        .sql("SELECT count(*) FROM " + table)
        .query(Integer.class)
        .single();
  }

  @Test
  void aResourceIsPlannedApprovedAppliedAndRemoved(SharedPostgres postgres) throws IOException {
    Files.writeString(folder.resolve("password"), "hunter2-hunter2");
    try (RunningService service = start(postgres.empty(2, 10), "DRIFT_INTERVAL=1")) {
      type(service, MAIN);
      long id =
          create(
              service,
              "{\"secret_variables\":{\"password\":\"file:%s\"}}"
                  .formatted(folder.resolve("password")));
      awaited(service, "ready");
      String path = "/api/v1/resources/" + id;
      JsonNode outputs = service.call("GET", path + "/outputs", null).json().path("outputs");
      assertThat(outputs)
          .isEqualTo(
              JsonMapper.shared()
                  .readTree("{\"echo\":\"it is ***\",\"password\":\"***\",\"size\":1}"));

      // What a person approves is what is applied.
      service.call("PATCH", path, "{\"approval\":\"manual\",\"spec\":{\"size\":2}}");
      await()
          .atMost(PATIENCE)
          .until(() -> service.call("GET", path, null).json().has("pending_plan"));
      JsonNode plan = service.call("GET", path, null).json().path("pending_plan");
      assertThat(plan.path("output").asString(""))
          .contains("Saved plan ", "terraform_data.server will be updated", "size", "1 -> 2")
          .doesNotContain("hunter2");
      assertThat(rows(service, "program_plans")).isEqualTo(1);
      service.call(
          "POST",
          path + "/approve",
          "{\"plan_id\":\"%s\"}".formatted(plan.path("id").asString("")));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  service.call("GET", path, null).json().path("observed_generation").asInt() == 2);
      assertThat(rows(service, "program_plans")).as("a plan is applied once").isZero();
      JsonNode last = service.call("GET", path + "/history", null).json().get(0);
      assertThat(last.path("resources_updated").asInt()).isEqualTo(1);
      assertThat(last.toString()).doesNotContain("hunter2");

      // The secret is another one: that is drift, and it waits for approval, too.
      Files.writeString(folder.resolve("password"), "hunter3-hunter3");
      await()
          .atMost(PATIENCE)
          .until(() -> service.call("GET", path, null).json().has("pending_plan"));

      service.call("DELETE", path, null);
      await().atMost(PATIENCE).until(() -> service.call("GET", path, null).status() == 404);
      await().atMost(PATIENCE).until(() -> rows(service, "program_states") == 0);
      JsonNode gone = service.call("GET", path + "/history", null).json().get(0);
      assertThat(gone.path("resources_deleted").asInt()).isEqualTo(1);
    }
    try (Stream<Path> left = Files.list(folder.resolve("work"))) {
      assertThat(left).as("private directories are removed").isEmpty();
    }
  }

  @Test
  void whatIsWrongIsSaidInTheProgramsOwnWords(SharedPostgres postgres) {
    try (RunningService service = start(postgres.empty(2, 10))) {
      type(service, "output \"x\" { value = var.nothing }\n");
      create(service, "{}");
      assertThat(awaited(service, "failed").path("status_message").asString(""))
          .contains("Reference to undeclared input variable");
      assertThat(
              service
                  .call(
                      "PATCH",
                      PATH.replace("by-name/Server/v1/one", "1"),
                      "{\"plugin_config\":{\"files\":{\"main.tf\":\"x\"}}}")
                  .detail())
          .contains("plugin_config may not have files");
    }
  }

  @Test
  void aRunThatTheServiceDiedUnderIsHeldAndThenDoneAgain(SharedPostgres postgres)
      throws IOException {
    ConnectionSettings database = postgres.empty(2, 10);
    Path marker = folder.resolve("marker");
    String main =
        """
        resource "terraform_data" "slow" {
          provisioner "local-exec" {
            command = "[ -e %1$s ] || { echo $$ > %1$s.new; mv %1$s.new %1$s; exec sleep 100; }"
          }
        }
        """
            .formatted(marker);
    try (RunningService before = start(database, "ENABLED_ACTION_PLUGINS=opentofu")) {
      type(before, main);
    }
    Process dying =
        DyingService.start(
            database,
            folder.resolve("data"),
            Map.of(
                "binary",
                tofu.toString(),
                "work_directory",
                folder.resolve("work").toString(),
                "lease",
                "6",
                "grace",
                "2"));
    try {
      await().atMost(PATIENCE).until(() -> Files.exists(marker));
    } finally {
      dying.destroyForcibly();
    }
    long applied = Long.parseLong(Files.readString(marker).strip());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(ProcessHandle.of(applied))
                    .as("nobody goes on behind the back of whoever follows")
                    .isEmpty());
    try (RunningService after = start(database)) {
      JsonNode held = awaited(after, "failed");
      assertThat(held.path("status_message").asString(""))
          .contains("It is not known whether dispatch", "held the lock of the state");
      long id = held.path("id").asLong();
      after.call("POST", "/api/v1/resources/" + id + "/reconcile", null);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  after.call("GET", PATH, null).json().path("status").asString("").equals("ready"));
    }
  }
}
