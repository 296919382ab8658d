// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A resource whose dispatch is unsure, and which is changed before a person has looked. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeldTest {

  private static final String RESOURCES = "/api/v1/resources";
  private static final String SURE = "\"plugin_config\":{}";

  private RunningService service;

  @BeforeAll
  void start(SharedPostgres postgres) {
    service =
        RunningService.start(postgres.empty(2, 10), "AUTH=none", "ENABLED_ACTION_PLUGINS=test");
    service.call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private static String body(String name, String config) {
    return """
    {"name":"%s","resource_type_name":"DatabaseCluster","resource_type_version":"v1",
     "action_plugin":"test",%s,
     "spec":{"engine":"postgres","engine_version":"16.2","storage_gb":500}}
    """
        .formatted(name, config);
  }

  private String held(String name) {
    Answer created =
        service.call("POST", RESOURCES, body(name, "\"plugin_config\":{\"unsure\":\"cut off\"}"));
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    String path = RESOURCES + "/" + created.json().path("id").asLong();
    await().until(() -> read(path).path("status").asString("").equals("failed"));
    return path;
  }

  private JsonNode read(String path) {
    return service.call("GET", path, null).json();
  }

  private void change(String how, String path, String name) {
    Answer answer =
        switch (how) {
          case "apply" -> service.call("POST", RESOURCES + "/apply", "[" + body(name, SURE) + "]");
          case "PATCH" -> service.call("PATCH", path, "{\"plugin_config\":{\"unsure\":null}}");
          default -> service.call("PUT", path, "{" + SURE + "}");
        };
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "apply"})
  void aChangeOfWhatIsHeldLeavesItToAPersonAndInSight(String how) {
    String name = "held-" + how.toLowerCase(java.util.Locale.ROOT);
    String path = held(name);
    String message = read(path).path("status_message").asString("");
    assertThat(message).contains("cut off");

    change(how, path, name);
    // The change is looked at, and then nothing is due.
    await().until(() -> read(path).path("next_reconcile_time").isNull());
    await().until(() -> !read(path).path("status").asString("").equals("reconciling"));
    JsonNode after = read(path);
    assertThat(after.path("generation").asInt()).isEqualTo(2);
    assertThat(after.path("observed_generation").asInt()).isZero();
    assertThat(after.path("status").asString("")).isEqualTo("failed");
    assertThat(after.path("status_message").asString("")).isEqualTo(message);
    assertThat(read(RESOURCES + "?status=failed&name=" + name).size()).isEqualTo(1);

    service.call("POST", path + "/reconcile", null);
    await().until(() -> read(path).path("status").asString("").equals("ready"));
    assertThat(read(path).path("observed_generation").asInt())
        .as("what is wanted now is applied")
        .isEqualTo(2);
  }

  @Test
  void aChangeOfWhatFailedOtherwiseIsTriedAtOnce() {
    Answer created =
        service.call("POST", RESOURCES, body("failed", "\"plugin_config\":{\"fail\":\"no room\"}"));
    String path = RESOURCES + "/" + created.json().path("id").asLong();
    await().until(() -> read(path).path("status").asString("").equals("failed"));
    change("PUT", path, "failed");
    await().until(() -> read(path).path("status").asString("").equals("ready"));
  }
}
