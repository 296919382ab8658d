// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Secrets in a plugin configuration, which nobody reads, on their way back. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HiddenValuesTest {

  private static final String REFUSED =
      "plugin_config.headers.Authorization: *** stands for a hidden value; give the value or a reference";

  private RunningService service;

  @BeforeAll
  void start(SharedPostgres postgres) {
    service =
        RunningService.start(postgres.empty(2, 10), "AUTH=none", "ENABLED_ACTION_PLUGINS=test");
    call("POST", "/api/v1/resource-types", "{\"name\":\"Free\",\"version\":\"v1\",\"schema\":{}}");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Answer call(String method, String path, @Nullable String body) {
    return service.call(method, path, body);
  }

  private static String free(String name, String more) {
    return """
    {"name":"%s","resource_type_name":"Free","resource_type_version":"v1","action_plugin":"test",%s}
    """
        .formatted(name, more);
  }

  private static String config(String config) {
    return "\"spec\":{\"a\":1},\"plugin_config\":" + config;
  }

  private String created(String name, String more) {
    Answer answer = call("POST", "/api/v1/resources", free(name, more));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return "/api/v1/resources/" + answer.json().path("id");
  }

  @Test
  void whatComesBackHiddenIsKeptByEveryWay() {
    String config =
        "\"plugin_config\":{\"list\":[{\"token\":\"hunter2\"}],\"headers\":{\"Authorization\":\"hunter2\"}}";
    String path = created("masked", "\"spec\":{\"a\":1}," + config);
    String shown = config.replace("hunter2", "***");
    assertThat(call("GET", path, null).response().body()).doesNotContain("hunter2").contains(shown);
    call("PUT", path, "{" + shown + "}");
    call("PATCH", path, "{" + shown + "}");
    Answer applied =
        call(
            "POST",
            "/api/v1/resources/apply",
            "[" + free("masked", "\"spec\":{\"a\":1}," + shown) + "]");
    assertThat(applied.json().path("results").path(0).path("outcome").asString())
        .isEqualTo("unchanged");
    assertThat(call("GET", path, null).json().path("generation").asInt()).isOne();
  }

  @Test
  void whatIsHiddenIsNoValueOfANewResource() {
    String hidden = config("{\"headers\":{\"Authorization\":\"***\"}}");
    Answer answer = call("POST", "/api/v1/resources", free("elsewhere", hidden));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).isEqualTo(REFUSED);
    JsonNode applied =
        call("POST", "/api/v1/resources/apply", "[" + free("elsewhere", hidden) + "]")
            .json()
            .path("results")
            .path(0);
    assertThat(applied.path("status").asInt()).isEqualTo(400);
    assertThat(call("GET", "/api/v1/resources?name=elsewhere", null).json()).isEmpty();
    created("stars", config("{\"headers\":{\"X-Rating\":\"***\",\"Authorization\":\"env:A\"}}"));
  }

  @Test
  void aRenamedSecretIsAskedFor() {
    String path = created("renamed", config("{\"headers\":{\"X-Token\":\"hunter2\"}}"));
    String other = "{\"plugin_config\":{\"headers\":{\"Authorization\":\"***\"}}}";
    for (String method : new String[] {"PUT", "PATCH"}) {
      Answer answer = call(method, path, other);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.detail()).isEqualTo(REFUSED);
    }
    assertThat(call("GET", path, null).json().path("generation").asInt()).isOne();
  }
}
