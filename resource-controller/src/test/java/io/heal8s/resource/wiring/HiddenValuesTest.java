// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.model.ResourceType;
import io.heal8s.resource.store.ResourceTypeStore;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
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

/**
 * Secrets in a plugin configuration or in the metadata of a type, which nobody reads, on their way
 * back.
 */
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

  private static String type(String name, String metadata) {
    return "{\"name\":\"%s\",\"version\":\"v1\",\"schema\":{},\"metadata\":%s}"
        .formatted(name, metadata);
  }

  private String createdType(String name, String metadata) {
    Answer answer = call("POST", "/api/v1/resource-types", type(name, metadata));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    assertThat(answer.response().body()).doesNotContain("hunter2");
    return "/api/v1/resource-types/" + answer.json().path("id");
  }

  /** What is stored, for the answers do not show it. */
  private JsonNode stored(String name) {
    return service
        .bean(ResourceTypeStore.class)
        .find(name, "v1")
        .map(ResourceType::metadata)
        .orElseThrow();
  }

  private static String http(String secret, String url) {
    return "{\"http\":{\"headers\":{\"Authorization\":\"%s\"},\"url\":\"%s\"}}"
        .formatted(secret, url);
  }

  @Test
  void theSecretsOfATypeAreShownToNobodyAndKept() {
    String path = createdType("Calling", http("hunter2", "https://a"));
    for (String shown :
        new String[] {path, "/api/v1/resource-types/Calling/v1", "/api/v1/resource-types"}) {
      assertThat(call("GET", shown, null).response().body())
          .doesNotContain("hunter2")
          .contains("\"Authorization\":\"***\"");
    }
    Answer same = call("PUT", path, "{\"metadata\":" + http("***", "https://a") + "}");
    assertThat(same.response().body()).doesNotContain("hunter2");
    assertThat(same.header("ETag")).isEqualTo(call("GET", path, null).header("ETag"));
    Answer changed = call("PUT", path, "{\"metadata\":" + http("***", "https://b") + "}");
    assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
    assertThat(changed.response().body()).doesNotContain("hunter2");
    assertThat(stored("Calling")).isEqualTo(Samples.json(http("hunter2", "https://b")));
    call("PUT", path, "{\"metadata\":" + http("env:TOKEN", "https://b") + "}");
    assertThat(call("GET", path, null).response().body()).contains("env:TOKEN");
  }

  @Test
  void whatIsHiddenIsNoValueOfAType() {
    String refused =
        "metadata.http.headers.Authorization: *** stands for a hidden value; give the value or a reference";
    Answer answer = call("POST", "/api/v1/resource-types", type("Stars", http("***", "https://a")));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).isEqualTo(refused);
    String path = createdType("Stars", "{}");
    Answer put = call("PUT", path, "{\"metadata\":" + http("***", "https://a") + "}");
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.detail()).isEqualTo(refused);
    assertThat(stored("Stars")).isEmpty();
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
