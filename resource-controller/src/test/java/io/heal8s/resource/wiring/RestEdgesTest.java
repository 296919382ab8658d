// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests that nobody sends on purpose, and the clients that do. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class RestEdgesTest {

  private RunningService service;

  @BeforeAll
  void start(SharedPostgres postgres) {
    service =
        RunningService.start(postgres.empty(2, 10), "AUTH=none", "ENABLED_ACTION_PLUGINS=test");
    call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"));
    call("POST", "/api/v1/resource-types", "{\"name\":\"Free\",\"version\":\"v1\",\"schema\":{}}");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Answer call(String method, String path, @Nullable String body, String... headers) {
    return service.call(method, path, body, headers);
  }

  private static String free(String name, String more) {
    return """
    {"name":"%s","resource_type_name":"Free","resource_type_version":"v1","action_plugin":"test",%s}
    """
        .formatted(name, more);
  }

  private String created(String name, String more) {
    Answer answer = call("POST", "/api/v1/resources", free(name, more));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return "/api/v1/resources/" + answer.json().path("id");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/resources/999999/events, '', 404",
    "/api/v1/events, x, 400",
    "/api/v1/events, 99999999, 410",
    "/api/v1/resources?watch=true, 99999999, 410",
  })
  void whoWaitsForEventsIsToldWhatIsWrong(String path, String last, int status) {
    Answer answer = call("GET", path, null, "Accept", "text/event-stream", "Last-Event-ID", last);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.detail()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/events", "/api/v1/resources?watch=true"})
  void nobodyWaitsForAStreamWithoutABody(String path) {
    Answer answer = call("HEAD", path, null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
  }

  @Test
  void aWatchIsAskedForInOneWay() {
    assertThat(call("GET", "/api/v1/resources?watch=false", null).json().isArray()).isTrue();
    assertThat(call("GET", "/api/v1/resources?watch=1", null).status()).isEqualTo(400);
    assertThat(call("GET", "/api/v1/resources?watch=perhaps", null).status()).isEqualTo(422);
  }

  @Test
  void aStatusThatChangedIsAnotherDocument() {
    Answer created = call("POST", "/api/v1/resources", free("tagged", "\"spec\":{\"a\":1}"));
    String path = "/api/v1/resources/" + created.json().path("id");
    String first = created.header("ETag");
    await().until(() -> call("GET", path, null).json().path("status").asString().equals("ready"));
    Answer read = call("GET", path, null, "If-None-Match", first);
    assertThat(read.status()).as("it is ready since").isEqualTo(200);
    assertThat(call("GET", path, null, "If-None-Match", read.header("ETag")).status())
        .isEqualTo(304);
    assertThat(call("PUT", path, "{}", "If-Match", first).status())
        .as("nobody wrote since")
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resources?name=%00",
        "resources?resource_type_name=a%00b",
        "resources?watch=true&name=%00",
        "resources?label_selector=%00",
        "resources?label_selector=,",
        "resource-types?name=%00",
        "resource-types?cursor=WyJcdTAwMDAiLCJ2MSJd",
        "resource-types?cursor=nonsense",
        "resources?cursor=nonsense",
        "events?resource_type=%00",
        "users?status=%00&limit=-1",
        "admission-webhooks?resource_type_name=%00",
      })
  void queriesThatAreNone(String path) {
    Answer answer = call("GET", "/api/v1/" + path, null);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
    assertThat(answer.json().path("detail").path(0).path("loc").path(0).asString())
        .isEqualTo("query");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "custom-roles | {'name':'r','permissions':'all'}               | permissions | list_type",
        "custom-roles | {'name':'r','permissions':[{'operations':[]},{'operations':[]}]} |"
            + " permissions | value_error",
        "custom-roles | {'name':'r','permissions':[{}]}                | permissions | missing",
        "custom-roles | {'name':'r','permissions':[{'operations':null}]} | permissions | list_type",
        "custom-roles | {'name':'r','permissions':[{'resource_type_version':'VV','operations':[]}]}"
            + " | permissions | string_too_long",
        "admission-webhooks |"
            + " {'name':'w','webhook_url':'https://a','webhook_type':'mutating','operations':[],'resource_type_version':'VV'}"
            + " | resource_type_version | string_too_long",
        "admission-webhooks | {'name':'w','webhook_url':'https://a','webhook_type':'mutating'} |"
            + " operations | missing",
        "users        | {'username':'u','password':'short'}            | password    |"
            + " string_too_short",
      })
  void bodiesThatCannotBeStored(String path, String body, String field, String type) {
    String json = body.replace('\'', '"').replace("VV", "v".repeat(51));
    Answer answer = call("POST", "/api/v1/" + path, json);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
    JsonNode problem = answer.json().path("detail").path(0);
    assertThat(problem.path("loc").path(1).asString()).isEqualTo(field);
    assertThat(problem.path("type").asString()).isEqualTo(type);
  }

  @Test
  void noAnswerRepeatsAPassword() {
    for (String body :
        new String[] {
          "{\"password\":\"hunter2\"}", "{\"username\":\"u\",\"password\":\"hunter2\"}"
        }) {
      Answer answer = call("POST", "/api/v1/users", body);
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.response().body()).contains("password").doesNotContain("hunter2");
    }
  }

  @Test
  void pagesOfTypesGoOnWhereOneWasDeleted() {
    for (String version : new String[] {"v1", "v2", "v3"}) {
      call("POST", "/api/v1/resource-types", ContractTest.type("Paged", version));
    }
    Answer first = call("GET", "/api/v1/resource-types?name=Paged&limit=1", null);
    call("DELETE", "/api/v1/resource-types/" + first.json().path(0).path("id"), null);
    Answer second =
        call(
            "GET",
            "/api/v1/resource-types?name=Paged&limit=1&cursor=" + first.header("X-Next-Cursor"),
            null);
    assertThat(second.json().path(0).path("version").asString()).isEqualTo("v2");
    assertThat(second.header("Link")).contains("cursor=" + second.header("X-Next-Cursor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/redoc"})
  void thePageRunsWhatItHoldsAndNothingElse(String path) throws Exception {
    Answer page = call("GET", path, null);
    String policy = page.header("Content-Security-Policy");
    assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe");
    Matcher block =
        Pattern.compile("<(script|style)([^>]*)>(.*?)</\\1>", Pattern.DOTALL)
            .matcher(page.response().body());
    int blocks = 0;
    while (block.find()) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(block.group(3).getBytes(StandardCharsets.UTF_8));
      assertThat(policy)
          .contains(
              "%s-src 'sha256-%s'"
                  .formatted(block.group(1), Base64.getEncoder().encodeToString(hash)));
      blocks++;
    }
    assertThat(blocks).isEqualTo(2);
    assertThat(page.response().body())
        .as("what a policy cannot name by a hash")
        .doesNotContain(" style=")
        .doesNotContain(" onclick=");
  }

  @Test
  void numbersThatTheDatabaseWritesOtherwiseAreTheSame() {
    String spec = "\"spec\":{\"a\":1e20,\"b\":-0.0,\"c\":1.5e300,\"d\":[0.1]}";
    String path = created("numbers", spec);
    assertThat(call("PUT", path, "{" + spec + "}").json().path("generation").asInt()).isOne();
    assertThat(
            call("PUT", path, "{" + spec.replace("0.1", "0.2") + "}")
                .json()
                .path("generation")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void aKeyIsForOneRequestWithItsQuery() {
    String body = free("keyed", "\"spec\":{\"a\":1}");
    String path = "/api/v1/resources";
    String[] key = {"Idempotency-Key", "k-edge"};
    assertThat(call("POST", path, body, key).status()).isEqualTo(201);
    assertThat(call("POST", path + "?apply_defaults=true", body, key).status()).isEqualTo(422);
    Answer first = call("POST", path + "/apply", "[5]", "Idempotency-Key", "k-bulk");
    Answer again = call("POST", path + "/apply", "[5]", "Idempotency-Key", "k-bulk");
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(first.json().path("results").path(0).path("status").asInt()).isEqualTo(422);
  }

  @Test
  void aChangeThatThePluginCannotFollowIsRefused() {
    String config = "\"spec\":{\"a\":1},\"plugin_config\":{\"home\":\"%s\"}";
    String path = created("homely", config.formatted("here"));
    String elsewhere = "{\"plugin_config\":{\"home\":\"there\"}}";

    for (Answer answer : List.of(call("PUT", path, elsewhere), call("PATCH", path, elsewhere))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.detail()).isEqualTo("home is here and cannot become there");
    }
    JsonNode applied =
        call(
                "POST",
                "/api/v1/resources/apply",
                "[" + free("homely", config.formatted("there")) + "]")
            .json()
            .path("results")
            .path(0);
    assertThat(applied.path("detail").asString()).isEqualTo("home is here and cannot become there");
    assertThat(call("GET", path, null).json().path("generation").asInt()).isEqualTo(1);
    assertThat(call("PUT", path, "{\"spec\":{\"a\":2}}").status()).isEqualTo(200);
  }

  @Test
  void whatIsNestedDeeplyIsAnsweredOrRefused() {
    for (int depth : new int[] {100, 240, 480, 5_000}) {
      String schema = "{\"not\":".repeat(depth) + "{}" + "}".repeat(depth);
      assertThat(
              call(
                      "POST",
                      "/api/v1/resource-types",
                      "{\"name\":\"Deep%d\",\"version\":\"v1\",\"schema\":%s}"
                          .formatted(depth, schema))
                  .status())
          .isIn(201, 422);
      String spec = "\"spec\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
      assertThat(call("POST", "/api/v1/resources", free("deep-" + depth, spec)).status())
          .isIn(201, 422);
    }
  }

  @Test
  void defaultsOnRequest() {
    Answer answer =
        call(
            "POST",
            "/api/v1/resources?apply_defaults=true",
            ContractTest.resource("defaulted", ContractTest.SPEC));
    assertThat(answer.json().path("spec").path("replicas").asInt(-1)).isZero();
  }
}
