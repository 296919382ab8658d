// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;

/** The REST interface of the first version, row by row, with nobody to log in. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

  static final String SCHEMA =
      """
      {"type":"object","required":["engine","engine_version","storage_gb"],
       "properties":{"engine":{"type":"string","enum":["postgres","mysql","mariadb"]},
         "engine_version":{"type":"string"},
         "storage_gb":{"type":"integer","minimum":10,"maximum":10000},
         "replicas":{"type":"integer","minimum":0,"maximum":5,"default":0}}}
      """;
  static final String SPEC =
      "{\"engine\":\"postgres\",\"engine_version\":\"16.2\",\"storage_gb\":500}";

  /** What the original shows; ours has some more. */
  private static final List<String> HISTORY_FIELDS =
      List.of(
          "id",
          "resource_id",
          "generation",
          "success",
          "phase",
          "error_message",
          "resources_created",
          "resources_updated",
          "resources_deleted",
          "reconcile_time");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RunningService service;
  private long type;
  private int names;

  @BeforeAll
  void start(SharedPostgres postgres) {
    service =
        RunningService.start(postgres.empty(2, 10), "AUTH=none", "ENABLED_ACTION_PLUGINS=test");
    type =
        call("POST", "/api/v1/resource-types", type("DatabaseCluster", "v1"))
            .json()
            .path("id")
            .asLong();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Answer call(String method, String path, @Nullable String body) {
    return service.call(method, path, body);
  }

  static String type(String name, String version) {
    return "{\"name\":\"%s\",\"version\":\"%s\",\"schema\":%s}".formatted(name, version, SCHEMA);
  }

  static String resource(String name, String spec) {
    return """
    {"name":"%s","resource_type_name":"DatabaseCluster","resource_type_version":"v1",
     "action_plugin":"test","spec":%s}
    """
        .formatted(name, spec);
  }

  private long created() {
    return created("r-" + ++names);
  }

  private long created(String name) {
    Answer answer = call("POST", "/api/v1/resources", resource(name, SPEC));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json().path("id").asLong();
  }

  private static List<String> fields(JsonNode json) {
    return StreamSupport.stream(json.properties().spliterator(), false)
        .map(e -> e.getKey())
        .toList();
  }

  @Test
  void row1Root() {
    Answer answer = call("GET", "/", null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body())
        .isEqualTo("{\"status\":\"ok\",\"service\":\"infrastructure-controller\"}");
    assertThat(call("GET", "/health", null).status()).isEqualTo(200);
  }

  @Test
  void row2CreateType() {
    Answer answer = call("POST", "/api/v1/resource-types", type("Row2", "v1"));
    assertThat(answer.status()).isEqualTo(201);
    JsonNode json = answer.json();
    assertThat(fields(json))
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "version",
            "schema",
            "description",
            "status",
            "metadata",
            "created_at",
            "updated_at");
    assertThat(json.path("status").asString()).isEqualTo("active");
    assertThat(json.path("metadata").isObject()).isTrue();
    assertThat(json.path("description").isNull()).isTrue();
    assertThat(json.path("created_at").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    Answer again = call("POST", "/api/v1/resource-types", type("Row2", "v1"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.detail()).isEqualTo("Resource type Row2/v1 already exists");
  }

  @Test
  void row2BadSchema() {
    Answer answer =
        call(
            "POST",
            "/api/v1/resource-types",
            "{\"name\":\"Bad\",\"version\":\"v1\",\"schema\":{\"type\":\"bogus\"}}");
    assertThat(answer.status()).isEqualTo(422);
    JsonNode problem = answer.json().path("detail").path(0);
    assertThat(problem.path("loc").toString()).isEqualTo("[\"body\",\"schema\"]");
    assertThat(problem.path("msg").asString()).startsWith("Value error, Invalid schema: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                                                    | name    | Field required",
        "{\"name\":5,\"version\":\"v1\",\"schema\":{}}         | name    | Input should be a valid string",
        "{\"name\":\"\",\"version\":\"v1\",\"schema\":{}}      | name    | String should have at least 1 character",
        "{\"name\":\"a/b\",\"version\":\"v1\",\"schema\":{}}   | name    | Value error, name is part of addresses: no slash, control character or space around it, and not *",
        "{\"name\":\"a\",\"version\":\"v1\",\"schema\":[]}     | schema  | Input should be a valid dictionary",
        "{\"name\":\"a\",\"version\":\"v1\"}                   | schema  | Field required",
      })
  void typeModel(String body, String field, String message) {
    Answer answer = call("POST", "/api/v1/resource-types", body);
    assertThat(answer.status()).isEqualTo(422);
    JsonNode problem = answer.json().path("detail").path(0);
    assertThat(problem.path("loc").path(1).asString()).isEqualTo(field);
    assertThat(problem.path("msg").asString()).isEqualTo(message);
  }

  @Test
  void longNamesAreRefusedAndNotTheDatabasesBusiness() {
    Answer answer = call("POST", "/api/v1/resource-types", type("a".repeat(256), "v".repeat(51)));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").size()).isEqualTo(2);
  }

  @Test
  void row3ListTypes() {
    call("POST", "/api/v1/resource-types", type("AList", "v2"));
    call("POST", "/api/v1/resource-types", type("AList", "v1"));
    JsonNode list = call("GET", "/api/v1/resource-types?name=AList", null).json();
    assertThat(list.size()).isEqualTo(2);
    assertThat(list.path(0).path("version").asString()).isEqualTo("v1");
    assertThat(call("GET", "/api/v1/resource-types?name=AList&limit=1", null).json().size())
        .isOne();
    assertThat(call("GET", "/api/v1/resource-types?status=deprecated", null).json().size())
        .isZero();
    assertThat(call("GET", "/api/v1/resource-types?name=", null).json().size()).isGreaterThan(2);
  }

  @Test
  void row3And9AHundredAreShownUnlessAnotherLimitIsAskedFor() {
    for (int i = 0; i <= 100; i++) {
      assertThat(call("POST", "/api/v1/resource-types", type("Many", "v" + i)).status())
          .isEqualTo(201);
    }
    String types = "/api/v1/resource-types?name=Many";
    assertThat(call("GET", types, null).json().size()).isEqualTo(100);
    assertThat(call("GET", types + "&limit=101", null).json().size()).isEqualTo(101);

    String bulk =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> resource("many-" + i, SPEC))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(call("POST", "/api/v1/resources/apply", bulk).status()).isEqualTo(200);
    String resources = "/api/v1/resources?action_plugin=test";
    assertThat(call("GET", resources, null).json().size()).isEqualTo(100);
    assertThat(call("GET", resources + "&limit=101", null).json().size()).isEqualTo(101);
  }

  @Test
  void row4And5GetType() {
    assertThat(call("GET", "/api/v1/resource-types/" + type, null).json().path("name").asString())
        .isEqualTo("DatabaseCluster");
    assertThat(call("GET", "/api/v1/resource-types/DatabaseCluster/v1", null).status())
        .isEqualTo(200);
    for (String path : List.of("999999", "99999999999999999999", "DatabaseCluster/v9")) {
      Answer answer = call("GET", "/api/v1/resource-types/" + path, null);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.detail()).isEqualTo("Resource type not found");
    }
    Answer answer = call("GET", "/api/v1/resource-types/abc", null);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").path(0).path("type").asString())
        .isEqualTo("int_parsing");
  }

  @Test
  void row6UpdateType() {
    long id = call("POST", "/api/v1/resource-types", type("Row6", "v1")).json().path("id").asLong();
    String path = "/api/v1/resource-types/" + id;
    JsonNode before = call("GET", path, null).json();
    assertThat(call("PUT", path, "{}").json()).isEqualTo(before);
    JsonNode after =
        call("PUT", path, "{\"status\":\"deprecated\",\"description\":\"old\"}").json();
    assertThat(after.path("status").asString()).isEqualTo("deprecated");
    assertThat(after.path("description").asString()).isEqualTo("old");
    assertThat(call("PUT", path, "{\"schema\":{\"required\":\"a\"}}").status()).isEqualTo(422);
    Answer unknown = call("PUT", "/api/v1/resource-types/999999", "{}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.detail()).isEqualTo("Resource type not found");
  }

  @Test
  void row7DeleteType() {
    long id = call("POST", "/api/v1/resource-types", type("Row7", "v1")).json().path("id").asLong();
    Answer gone = call("DELETE", "/api/v1/resource-types/" + id, null);
    assertThat(gone.status()).isEqualTo(204);
    assertThat(gone.response().body()).isEmpty();
    assertThat(call("DELETE", "/api/v1/resource-types/" + id, null).status()).isEqualTo(404);
    created();
    Answer used = call("DELETE", "/api/v1/resource-types/" + type, null);
    assertThat(used.status()).isEqualTo(409);
    assertThat(used.detail()).isEqualTo("Cannot delete: resources still reference this type");
  }

  @Test
  void row8CreateResource() {
    Answer answer = call("POST", "/api/v1/resources", resource("row-8", SPEC));
    assertThat(answer.status()).isEqualTo(201);
    JsonNode json = answer.json();
    assertThat(fields(json))
        .contains(
            "id",
            "name",
            "resource_type_name",
            "resource_type_version",
            "action_plugin",
            "status",
            "status_message",
            "generation",
            "observed_generation",
            "created_at",
            "updated_at",
            "last_reconcile_time",
            "finalizers",
            "conditions",
            "spec",
            "plugin_config",
            "metadata");
    assertThat(json.path("generation").asInt()).isEqualTo(1);
    assertThat(json.path("observed_generation").asInt()).isZero();
    assertThat(json.path("status").asString()).isEqualTo("pending");
    assertThat(json.path("finalizers").toString()).isEqualTo("[\"test\"]");
    Answer again = call("POST", "/api/v1/resources", resource("row-8", SPEC));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.detail()).isEqualTo("Resource row-8 already exists");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "{\"name\":\"x\",\"resource_type_name\":\"DatabaseCluster\",\"resource_type_version\":\"v1\",\"spec\":{}}",
            400,
            "Unknown action plugin: terraform. Available plugins: test"),
        Arguments.of(resource("x", "null"), 400, "spec is required"),
        Arguments.of(resource("x", "{}"), 400, "spec is required"),
        Arguments.of(
            resource("x", SPEC).replace("\"v1\"", "\"v7\""),
            400,
            "Resource type DatabaseCluster/v7 not found"),
        Arguments.of(
            resource("x", "{\"engine\":\"oracle\",\"storage_gb\":5}"),
            400,
            "Spec validation failed: (root): 'engine_version' is a required property; engine:"
                + " 'oracle' is not one of ['postgres', 'mysql', 'mariadb']; storage_gb: 5 is less"
                + " than the minimum of 10"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void row8Refusals(String body, int status, String detail) {
    Answer answer = call("POST", "/api/v1/resources", body);
    assertThat(answer.detail()).isEqualTo(detail);
    assertThat(answer.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~      | name cannot be empty",
        "Upper   | name must consist of lowercase alphanumeric characters or '-', must start and end with an alphanumeric character",
        "-a      | name must consist of lowercase alphanumeric characters or '-', must start and end with an alphanumeric character",
        "a\\n    | name must consist of lowercase alphanumeric characters or '-', must start and end with an alphanumeric character",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | name cannot exceed 63 characters",
      })
  void row8Names(String name, String message) {
    Answer answer = call("POST", "/api/v1/resources", resource(name, SPEC));
    assertThat(answer.status()).isEqualTo(422);
    JsonNode problem = answer.json().path("detail").path(0);
    assertThat(problem.path("msg").asString()).isEqualTo("Value error, " + message);
    assertThat(problem.path("loc").toString()).isEqualTo("[\"body\",\"name\"]");
  }

  @Test
  void row8Size() {
    String large = "{\"engine\":\"" + "x".repeat(1_048_577) + "\"}";
    Answer answer = call("POST", "/api/v1/resources", resource("large", large));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").path(0).path("msg").asString())
        .endsWith("exceeds maximum size of 1024KB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                    | missing",
        "{                     | json_invalid",
        "[]                    | model_attributes_type",
        "{\"name\":\"a\\u0000\"} | value_error",
      })
  void bodiesThatAreNone(String body, String type) {
    Answer answer = call("POST", "/api/v1/resources", body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").path(0).path("type").asString()).isEqualTo(type);
  }

  @Test
  void row9ListResources() {
    long first = created();
    long second = created();
    JsonNode list = call("GET", "/api/v1/resources?limit=2", null).json();
    assertThat(list.path(0).path("id").asLong()).isEqualTo(second);
    assertThat(list.path(1).path("id").asLong()).isEqualTo(first);
    assertThat(call("GET", "/api/v1/resources?limit=0", null).response().body()).isEqualTo("[]");
    for (String limit : List.of("-1", "abc", "1000000")) {
      assertThat(call("GET", "/api/v1/resources?limit=" + limit, null).status()).isEqualTo(422);
    }
    assertThat(call("GET", "/api/v1/resources?action_plugin=none", null).json().size()).isZero();
    assertThat(call("GET", "/api/v1/resources?status=&action_plugin=test", null).json().size())
        .isPositive();
    assertThat(call("GET", "/api/v1/resources?status=unheard-of", null).json().size()).isZero();
  }

  @Test
  void row10And11GetResource() {
    long id = created("row-10");
    assertThat(call("GET", "/api/v1/resources/" + id, null).json().path("spec"))
        .isEqualTo(tools.jackson.databind.json.JsonMapper.shared().readTree(SPEC));
    assertThat(
            call("GET", "/api/v1/resources/by-name/DatabaseCluster/v1/row-10", null)
                .json()
                .path("id")
                .asLong())
        .isEqualTo(id);
    for (String path : List.of("99999999", "3000000000", "by-name/DatabaseCluster/v1/none")) {
      Answer answer = call("GET", "/api/v1/resources/" + path, null);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.detail()).isEqualTo("Resource not found");
    }
    assertThat(call("GET", "/api/v1/resources/abc", null).status()).isEqualTo(422);
  }

  @Test
  void row12UpdateResource() {
    String path = "/api/v1/resources/" + created();
    JsonNode same = call("PUT", path, "{\"spec\":" + SPEC + "}").json();
    assertThat(same.path("generation").asInt()).as("an unchanged PUT changes nothing").isEqualTo(1);
    assertThat(call("PUT", path, "{}").json().path("generation").asInt()).isEqualTo(1);
    JsonNode changed = call("PUT", path, "{\"spec\":" + SPEC.replace("500", "600") + "}").json();
    assertThat(changed.path("generation").asInt()).isEqualTo(2);
    assertThat(changed.path("spec").path("storage_gb").asInt()).isEqualTo(600);
    Answer invalid = call("PUT", path, "{\"spec\":{}}");
    assertThat(invalid.status()).isEqualTo(400);
    assertThat(invalid.detail())
        .startsWith("Spec validation failed: (root): 'engine' is a required");
    assertThat(call("PUT", path, "{\"spec\":5}").status()).isEqualTo(422);
    Answer unknown = call("PUT", "/api/v1/resources/99999999", "{}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.detail()).isEqualTo("Resource not found");
  }

  @Test
  void row13DeleteResource() {
    long id = created();
    Answer answer = call("DELETE", "/api/v1/resources/" + id, null);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.response().body())
        .isEqualTo("{\"message\":\"Resource marked for deletion\",\"resource_id\":" + id + "}");
    assertThat(call("DELETE", "/api/v1/resources/" + id, null).status()).isEqualTo(404);
    assertThat(call("DELETE", "/api/v1/resources/99999999", null).detail())
        .isEqualTo("Resource not found");
  }

  @Test
  void row14Reconcile() {
    long id = created();
    Answer answer = call("POST", "/api/v1/resources/" + id + "/reconcile", null);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.response().body())
        .isEqualTo("{\"message\":\"Reconciliation triggered\",\"resource_id\":" + id + "}");
    assertThat(call("POST", "/api/v1/resources/99999999/reconcile", null).status()).isEqualTo(404);
  }

  @Test
  void row15History() {
    long id = created();
    String path = "/api/v1/resources/" + id;
    awaitObserved(path, 1);
    for (int generation = 2; generation <= 12; generation++) {
      String spec = SPEC.replace("500", Integer.toString(500 + generation));
      assertThat(call("PUT", path, "{\"spec\":" + spec + "}").status()).isEqualTo(200);
      awaitObserved(path, generation);
    }

    Answer answer = call("GET", path + "/history", null);

    assertThat(answer.status()).isEqualTo(200);
    List<JsonNode> entries = answer.json().valueStream().toList();
    assertThat(entries).as("ten of them, unless another limit is asked for").hasSize(10);
    assertThat(entries)
        .as("the newest first")
        .extracting(entry -> entry.path("generation").asInt())
        .containsExactly(12, 11, 10, 9, 8, 7, 6, 5, 4, 3);
    assertThat(entries)
        .extracting(entry -> entry.path("reconcile_time").asString())
        .isSortedAccordingTo(Comparator.reverseOrder())
        .allMatch(time -> time.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"));
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(fields(entry)).containsAll(HISTORY_FIELDS);
              assertThat(entry.path("id").asLong()).isPositive();
              assertThat(entry.path("resource_id").asLong()).isEqualTo(id);
              assertThat(entry.path("success")).isEqualTo(BooleanNode.TRUE);
              assertThat(entry.path("phase").asString()).isEqualTo("completed");
              assertThat(entry.path("error_message").isNull()).isTrue();
              assertThat(entry.path("resources_created").asInt()).isEqualTo(1);
              assertThat(entry.path("resources_updated")).isEqualTo(IntNode.valueOf(0));
              assertThat(entry.path("resources_deleted")).isEqualTo(IntNode.valueOf(0));
            });
    assertThat(call("GET", path + "/history?limit=5", null).json().size()).isEqualTo(5);
    assertThat(call("GET", path + "/history?limit=100", null).json().size()).isEqualTo(12);
    assertThat(call("GET", path + "/history?limit=0", null).response().body()).isEqualTo("[]");
    for (String limit : List.of("-1", "abc", "1000000")) {
      assertThat(call("GET", path + "/history?limit=" + limit, null).status())
          .as(limit)
          .isEqualTo(422);
    }
    Answer unknown = call("GET", "/api/v1/resources/99999999/history", null);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.detail()).isEqualTo("Resource not found");
  }

  @Test
  void row15AFailure() {
    JsonNode entry = call("GET", failing() + "/history", null).json().path(0);
    assertThat(fields(entry)).containsAll(HISTORY_FIELDS);
    assertThat(entry.path("success")).isEqualTo(BooleanNode.FALSE);
    assertThat(entry.path("phase").asString()).isEqualTo("failed");
    assertThat(entry.path("error_message").asString()).isEqualTo("no quota");
    assertThat(entry.path("generation").asInt()).isEqualTo(1);
    assertThat(entry.path("resources_created")).isEqualTo(IntNode.valueOf(0));
  }

  /** One whose first run has failed, by its path. */
  private String failing() {
    String body =
        resource("failing-" + ++names, SPEC)
            .replace("\"spec\":", "\"plugin_config\":{\"fail\":\"no quota\"},\"spec\":");
    String path =
        "/api/v1/resources/" + call("POST", "/api/v1/resources", body).json().path("id").asLong();
    await()
        .atMost(PATIENCE)
        .until(() -> call("GET", path, null).json().path("status").asString().equals("failed"));
    return path;
  }

  private void awaitObserved(String path, int generation) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> call("GET", path, null).json().path("observed_generation").asInt() == generation);
  }

  @Test
  void row16Outputs() {
    Answer answer = call("GET", failing() + "/outputs", null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body())
        .as("before the first success")
        .isEqualTo("{\"outputs\":{}}");
    Answer unknown = call("GET", "/api/v1/resources/99999999/outputs", null);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.detail()).isEqualTo("Resource not found");
  }

  @Test
  void row17And18Plugins() {
    assertThat(call("GET", "/api/v1/plugins/actions", null).response().body())
        .isEqualTo("[{\"name\":\"test\",\"version\":\"1.0.0\"}]");
    assertThat(call("GET", "/api/v1/plugins/inputs", null).response().body())
        .contains("{\"name\":\"http\",\"version\":\"1.0.0\"}");
  }

  @Test
  void unknownRoutesAndMethods() {
    Answer answer = call("GET", "/nowhere", null);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.response().body()).isEqualTo("{\"detail\":\"Not Found\"}");
    Answer method = call("DELETE", "/api/v1/resources", null);
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.response().body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
  }
}
