// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** One type in two versions, of which one is stored. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VersionsTest {

  private static final String TYPES = "/api/v1/resource-types";
  private static final String RESOURCES = "/api/v1/resources";
  private static final String V1 =
      """
      {"type":"object","required":["storage_gb"],"additionalProperties":false,
       "properties":{"storage_gb":{"type":"integer","minimum":10}}}
      """;
  private static final String V2 =
      """
      {"type":"object","required":["storage"],"additionalProperties":false,
       "properties":{"storage":{"type":"object","required":["gb"],
         "properties":{"gb":{"type":"integer","maximum":1000},"kind":{"type":"string"}}}}}
      """;
  private static final String FROM_V1 =
      "{\"v1\":{\"set\":{\"storage.gb\":\"self.storage_gb\"},\"remove\":[\"storage_gb\"]}}";
  private static final String FROM_V2 =
      "{\"v2\":{\"set\":{\"storage_gb\":\"self.storage.gb\"},\"remove\":[\"storage\"]}}";

  private RunningService service;
  private String name = "";
  private int types;
  private long v1;
  private long v2;

  @BeforeAll
  void start(SharedPostgres postgres) {
    service =
        RunningService.start(postgres.empty(2, 10), "AUTH=none", "ENABLED_ACTION_PLUGINS=test");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  /** Each test has a type of its own. */
  @BeforeEach
  void typeOfItsOwn() {
    name = "Disk" + ++types;
    v1 = type("v1", V1, "{}");
    v2 = type("v2", V2, "{\"conversion\":{\"from\":" + FROM_V1 + "}}");
  }

  private long type(String version, String schema, String metadata) {
    Answer answer =
        service.call(
            "POST",
            TYPES,
            "{\"name\":\"%s\",\"version\":\"%s\",\"schema\":%s,\"metadata\":%s}"
                .formatted(name, version, schema, metadata));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json().path("id").asLong();
  }

  private void storeAsV2() {
    Answer answer =
        metadata(v1, "{\"conversion\":{\"stored_as\":\"v2\",\"from\":" + FROM_V2 + "}}");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  private Answer metadata(long type, String metadata) {
    return service.call("PUT", TYPES + "/" + type, "{\"metadata\":" + metadata + "}");
  }

  private static String complaint(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
    return answer.json().path("detail").path(0).path("msg").asString("");
  }

  private String body(String resource, String version, String spec) {
    return """
    {"name":"%s","resource_type_name":"%s","resource_type_version":"%s","action_plugin":"test","spec":%s}
    """
        .formatted(resource, name, version, spec);
  }

  private Answer create(String resource, String version, String spec) {
    return service.call("POST", RESOURCES, body(resource, version, spec));
  }

  private Answer byName(String version, String resource) {
    return service.call(
        "GET", RESOURCES + "/by-name/" + name + "/" + version + "/" + resource, null);
  }

  @Test
  void whatIsWrittenInOneIsStoredInTheOtherAndReadInBoth() {
    storeAsV2();
    Answer created = create("a-" + types, "v1", "{\"storage_gb\":500}");
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    assertThat(created.json().path("resource_type_version").asString())
        .as("the answer speaks the version of the question")
        .isEqualTo("v1");
    assertThat(created.json().path("spec").toString()).isEqualTo("{\"storage_gb\":500}");
    String path = RESOURCES + "/" + created.json().path("id").asLong();

    JsonNode stored = service.call("GET", path, null).json();
    assertThat(stored.path("resource_type_version").asString()).isEqualTo("v2");
    assertThat(stored.path("spec").toString()).isEqualTo("{\"storage\":{\"gb\":500}}");
    assertThat(service.call("GET", path + "?version=v1", null).json().path("spec").toString())
        .isEqualTo("{\"storage_gb\":500}");
    assertThat(byName("v1", "a-" + types).json().path("spec").toString())
        .isEqualTo("{\"storage_gb\":500}");
    assertThat(byName("v2", "a-" + types).json().path("spec")).isEqualTo(stored.path("spec"));

    Answer same = service.call("PUT", path + "?version=v1", "{\"spec\":{\"storage_gb\":500}}");
    assertThat(same.json().path("generation").asInt()).as("the same in other words").isEqualTo(1);
    Answer larger = service.call("PUT", path + "?version=v1", "{\"spec\":{\"storage_gb\":600}}");
    assertThat(larger.json().path("generation").asInt()).isEqualTo(2);
    assertThat(larger.json().path("spec").toString()).isEqualTo("{\"storage_gb\":600}");
    assertThat(
            service.call("GET", path, null).json().path("spec").path("storage").path("gb").asInt())
        .isEqualTo(600);

    Answer applied =
        service.call(
            "POST",
            RESOURCES + "/apply",
            "[" + body("a-" + types, "v1", "{\"storage_gb\":600}") + "]");
    assertThat(applied.json().path("results").path(0).path("outcome").asString())
        .as(applied.response().body())
        .isEqualTo("unchanged");
  }

  @Test
  void bothSchemasHaveTheirSay() {
    storeAsV2();
    assertThat(create("b-" + types, "v1", "{\"storage_gb\":5}").detail())
        .isEqualTo("Spec validation failed: storage_gb: 5 is less than the minimum of 10");
    assertThat(create("b-" + types, "v1", "{\"storage_gb\":5000}").detail())
        .isEqualTo("Spec validation failed: storage.gb: 5000 is greater than the maximum of 1000");
    assertThat(byName("v1", "b-" + types).status()).isEqualTo(404);
  }

  @Test
  void nothingIsStoredThatCouldNotBeReadBack() {
    assertThat(complaint(metadata(v1, "{\"conversion\":{\"stored_as\":\"v2\"}}")))
        .contains("without a conversion from v2 nothing could be read back");
    assertThat(complaint(metadata(v1, "{\"conversion\":{\"stored_as\":\"v9\"}}")))
        .contains("stored_as must name another version that is there: v9");
    assertThat(complaint(metadata(v1, "{\"conversion\":{\"stored_as\":\"v1\"}}")))
        .contains("another version");
    storeAsV2();
    assertThat(complaint(metadata(v2, "{}"))).contains("v1 is stored as v2");
    assertThat(
            complaint(
                metadata(v2, "{\"conversion\":{\"stored_as\":\"v1\",\"from\":" + FROM_V1 + "}}")))
        .contains("v1 is itself stored as v2");
  }

  @Test
  void aRuleThatIsNoneIsRefusedWhenItIsStored() {
    assertThat(
            complaint(
                metadata(v1, "{\"conversion\":{\"from\":{\"v2\":{\"set\":{\"a\":\"self.\"}}}}}")))
        .contains("from v2: a: ");
  }

  @Test
  void whatIsThereIsMovedWithoutARun() {
    long small = create("c-" + types, "v1", "{\"storage_gb\":50}").json().path("id").asLong();
    long large = create("d-" + types, "v1", "{\"storage_gb\":5000}").json().path("id").asLong();
    assertThat(service.call("POST", TYPES + "/" + v1 + "/migrate", null).status())
        .as("it is stored as itself")
        .isEqualTo(409);
    storeAsV2();

    JsonNode dry = service.call("POST", TYPES + "/" + v1 + "/migrate?dry_run=true", null).json();
    assertThat(dry.path("migrated").asInt()).isEqualTo(1);
    assertThat(
            service
                .call("GET", RESOURCES + "/" + small, null)
                .json()
                .path("resource_type_version")
                .asString())
        .isEqualTo("v1");

    JsonNode done = service.call("POST", TYPES + "/" + v1 + "/migrate", null).json();
    assertThat(done.path("migrated").asInt()).isEqualTo(1);
    assertThat(done.path("left").size()).isEqualTo(1);
    assertThat(done.path("left").path(0).path("id").asLong()).isEqualTo(large);
    assertThat(done.path("left").path(0).path("detail").asString())
        .contains("5000 is greater than the maximum of 1000");
    JsonNode moved = service.call("GET", RESOURCES + "/" + small, null).json();
    assertThat(moved.path("resource_type_version").asString()).isEqualTo("v2");
    assertThat(moved.path("spec").toString()).isEqualTo("{\"storage\":{\"gb\":50}}");
    assertThat(moved.path("generation").asInt()).isEqualTo(1);
    assertThat(byName("v1", "c-" + types).json().path("spec").toString())
        .isEqualTo("{\"storage_gb\":50}");
    assertThat(byName("v1", "d-" + types).status()).as("one that stayed").isEqualTo(200);
  }

  @Test
  @Timeout(60)
  void aWatchOfOneVersionTellsWhatIsMovedToAnother() throws Exception {
    String from = service.call("GET", RESOURCES, null).header("X-Event-Id");
    create("w-" + types, "v1", "{\"storage_gb\":50}");
    storeAsV2();
    service.call("POST", TYPES + "/" + v1 + "/migrate", null);

    String watch =
        RESOURCES
            + "?watch=true&resource_type_version=v1&resource_type_name=%s&last_event_id=%s"
                .formatted(name, from);
    HttpResponse<Stream<String>> told =
        service.http().send(service.request(watch).build(), BodyHandlers.ofLines());
    try (Stream<String> lines = told.body()) {
      assertThat(lines.filter(line -> line.equals("event: LEFT")).findFirst()).isPresent();
    }
  }

  @Test
  void withoutRulesVersionsStayApart() {
    create("e-" + types, "v1", "{\"storage_gb\":50}");
    assertThat(byName("v2", "e-" + types).status()).isEqualTo(404);
    long id = byName("v1", "e-" + types).json().path("id").asLong();
    assertThat(
            service
                .call("GET", RESOURCES + "/" + id + "?version=v2", null)
                .json()
                .path("spec")
                .toString())
        .as("v2 can show it")
        .isEqualTo("{\"storage\":{\"gb\":50}}");
    Answer unknown = service.call("GET", RESOURCES + "/" + id + "?version=v7", null);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.detail()).isEqualTo("Resource type " + name + "/v7 not found");
  }
}
