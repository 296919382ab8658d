// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.store.postgres.ConnectionSettings;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A run of a program that takes long, through the whole service; a shell script plays it. */
@ExtendWith(PostgresExtension.class)
class PlayedProgramServiceTest {

  private static final String PATH = "/api/v1/resources/by-name/Server/v1/one";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The first apply goes on until it is interrupted; each interrupt is written down. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      case "$1" in
        plan) echo plan > heal8s.plan; exit 2 ;;
        show) echo "something changes" ;;
        output) echo '{}' ;;
        apply)
          [ ! -e "%1$s/begun" ] || exit 0
          trap 'echo interrupted >> "%1$s/interrupts"; exit 1' INT
          echo $$ > "%1$s/begun.new"; mv "%1$s/begun.new" "%1$s/begun"
          while :; do sleep 0.1; done ;;
      esac
      """;

  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void write() throws IOException {
    program = folder.resolve("program");
    Files.writeString(program, SCRIPT.formatted(folder));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private RunningService start(ConnectionSettings database) {
    ObjectNode configs = JsonMapper.shared().createObjectNode();
    configs
        .putObject("opentofu")
        .put("binary", program.toString())
        .put("work_directory", folder.resolve("work").toString());
    return RunningService.start(
        database,
        "AUTH=none",
        "ENABLED_ACTION_PLUGINS=opentofu",
        "BACKOFF_BASE_DELAY=1",
        "PLUGIN_CONFIGS=" + configs);
  }

  /** Makes the resource and waits until its program is at work. */
  private String begun(RunningService service) throws IOException {
    ObjectNode type = JsonMapper.shared().createObjectNode();
    type.put("name", "Server").put("version", "v1");
    type.putObject("schema").put("type", "object");
    type.putObject("metadata").putObject("opentofu").putObject("files").put("main.tf", "# it");
    assertThat(service.call("POST", "/api/v1/resource-types", type.toString()).status())
        .isEqualTo(201);
    RunningService.Answer created =
        service.call(
            "POST",
            "/api/v1/resources",
            """
            {"name":"one","resource_type_name":"Server","resource_type_version":"v1",
             "action_plugin":"opentofu","spec":{"size":1}}
            """);
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("begun")));
    return "/api/v1/resources/" + created.json().path("id").asLong();
  }

  private boolean isGone() throws IOException {
    long process = Long.parseLong(Files.readString(folder.resolve("begun")).strip());
    return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
  }

  @Test
  void deletionEndsTheRunAndThenRemovesTheResource(SharedPostgres postgres) throws IOException {
    try (RunningService service = start(postgres.empty(2, 10))) {
      String path = begun(service);
      assertThat(service.call("DELETE", path, null).status()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> service.call("GET", path, null).status() == 404);
      assertThat(isGone()).as("nothing goes on behind the back of who deleted it").isTrue();
      assertThat(folder.resolve("interrupts")).hasContent("interrupted\n");
      JsonNode history = service.call("GET", path + "/history", null).json();
      assertThat(history.get(0).path("trigger_reason").asString("")).isEqualTo("deletion");
      assertThat(history.get(0).path("success").asBoolean()).isTrue();
    }
  }

  @Test
  void aProcessThatEndsInterruptsItsRunOnceAndAnotherDoesItAgain(SharedPostgres postgres)
      throws IOException {
    ConnectionSettings database = postgres.empty(2, 10);
    try (RunningService first = start(database)) {
      begun(first);
    }
    assertThat(isGone()).as("a process leaves no program behind").isTrue();
    assertThat(folder.resolve("interrupts")).hasContent("interrupted\n");
    try (RunningService second = start(database)) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  second
                      .call("GET", PATH, null)
                      .json()
                      .path("status")
                      .asString("")
                      .equals("ready"));
    }
  }
}
