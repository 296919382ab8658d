// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever has a say before something is stored: webhooks, and a policy server. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionTest {

  private static final String WEBHOOKS = "/api/v1/admission-webhooks";
  private static final int NO_ANSWER = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String YES = "{\"allowed\":true}";

  /** What each path of the other side answers; status and body. */
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();

  private final Map<String, List<JsonNode>> asked = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer others;
  private RunningService service;
  private int names;

  private record Reply(int status, String body) {}

  @BeforeAll
  void start(SharedPostgres postgres) throws IOException {
    others = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    others.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    others.createContext("/", this::answer);
    others.start();
    service =
        RunningService.start(
            postgres.empty(2, 10),
            "AUTH=none",
            "ENABLED_ACTION_PLUGINS=test",
            "OPA_URL=" + url("/v1/data/heal8s/admission"),
            "OUTBOUND_ALLOWED_CIDRS=127.0.0.0/8",
            "OUTBOUND_PLAIN_HTTP=true",
            "OUTBOUND_PORTS=" + others.getAddress().getPort());
    assertThat(
            service
                .call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"))
                .status())
        .isEqualTo(201);
  }

  @AfterAll
  void stop() {
    end.countDown();
    service.close();
    others.stop(0);
  }

  /** Each test has its own webhooks; the policy server says yes unless told otherwise. */
  @AfterEach
  void forget() {
    for (JsonNode webhook : service.call("GET", WEBHOOKS, null).json()) {
      service.call("DELETE", WEBHOOKS + "/" + webhook.path("id").asLong(), null);
    }
    replies.clear();
    asked.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    asked
        .computeIfAbsent(path, ignored -> new CopyOnWriteArrayList<>())
        .add(JsonMapper.shared().readTree(body));
    Reply reply =
        replies.getOrDefault(
            path, new Reply(200, path.startsWith("/v1") ? "{\"result\":true}" : YES));
    if (reply.status() == NO_ANSWER) {
      awaitEnd();
    }
    byte[] text = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(
        Math.max(reply.status(), 200), text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private void awaitEnd() {
    try {
      end.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<JsonNode> asked(String path) {
    return asked.getOrDefault(path, List.of());
  }

  private String url(String path) {
    return "http://127.0.0.1:" + others.getAddress().getPort() + path;
  }

  private void webhook(String name, String kind, String operations, String more) {
    Answer answer =
        service.call(
            "POST",
            WEBHOOKS,
            """
            {"name":"%s","webhook_url":"%s","webhook_type":"%s","operations":%s%s}
            """
                .formatted(name, url("/" + name), kind, operations, more));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
  }

  private void replies(String name, String body) {
    replies.put("/" + name, new Reply(200, body));
  }

  private Answer create() {
    return service.call(
        "POST", "/api/v1/resources", ContractTest.resource("a-" + ++names, ContractTest.SPEC));
  }

  @Test
  void mutatingOnesChangeTheSpecInTheirOrderAndValidatingOnesSeeWhatBecameOfIt() {
    webhook("second", "mutating", "[\"CREATE\"]", ",\"ordering\":2");
    webhook("first", "mutating", "[\"CREATE\"]", ",\"ordering\":1");
    webhook("judge", "validating", "[\"CREATE\"]", ",\"ordering\":0");
    replies(
        "first",
        "{\"allowed\":true,\"patches\":[{\"op\":\"add\",\"path\":\"/spec/replicas\",\"value\":1},"
            + "{\"op\":\"replace\",\"path\":\"engine_version\",\"value\":\"17\"}]}");
    replies(
        "second",
        "{\"allowed\":true,\"patches\":[{\"op\":\"replace\",\"path\":\"/replicas\",\"value\":3}]}");

    Answer created = create();

    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    JsonNode spec = created.json().path("spec");
    assertThat(spec.path("replicas").asInt()).isEqualTo(3);
    assertThat(spec.path("engine_version").asString()).isEqualTo("17");
    assertThat(asked("/second").getFirst().path("resource").path("spec").path("replicas").asInt())
        .as("the second sees what the first did")
        .isEqualTo(1);
    JsonNode question = asked("/judge").getFirst();
    assertThat(question.path("resource").path("spec")).isEqualTo(spec);
    assertThat(question.path("operation").asString()).isEqualTo("CREATE");
    assertThat(question.path("resource").path("resource_type_name").asString())
        .isEqualTo("DatabaseCluster");
    assertThat(question.path("old_resource").isNull()).isTrue();
    assertThat(asked("/v1/data/heal8s/admission").getFirst().path("input").path("resource"))
        .as("the policy server sees the same")
        .isEqualTo(question.path("resource"));
  }

  @Test
  void whatAMutatingOneMadeOfItIsJudgedByTheSchemaAgain() {
    webhook("breaker", "mutating", "[\"CREATE\"]", "");
    replies(
        "breaker",
        "{\"allowed\":true,\"patches\":[{\"op\":\"replace\",\"path\":\"/spec/storage_gb\",\"value\":5}]}");
    Answer answer = create();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail())
        .isEqualTo("Spec validation failed: storage_gb: 5 is less than the minimum of 10");
  }

  @Test
  void aNoIs403WithItsReasonAndNothingIsStored() {
    webhook("judge", "validating", "[\"CREATE\",\"UPDATE\",\"DELETE\"]", "");
    replies("judge", "{\"allowed\":false,\"message\":\"no databases on Fridays\"}");
    int before = service.call("GET", "/api/v1/resources", null).json().size();
    Answer answer = create();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail()).isEqualTo("no databases on Fridays");
    assertThat(service.call("GET", "/api/v1/resources", null).json().size()).isEqualTo(before);
  }

  @Test
  void everyWayOfWritingIsAsked() {
    long id = create().json().path("id").asLong();
    String path = "/api/v1/resources/" + id;
    webhook("judge", "validating", "[\"CREATE\",\"UPDATE\",\"DELETE\"]", "");
    replies("judge", "{\"allowed\":false,\"message\":\"no\"}");
    assertThat(
            service
                .call("PUT", path, "{\"spec\":" + ContractTest.SPEC.replace("500", "600") + "}")
                .status())
        .isEqualTo(403);
    assertThat(service.call("PUT", path, "{\"plugin_config\":{\"a\":1}}").status())
        .as("the plugin configuration alone")
        .isEqualTo(403);
    assertThat(service.call("PATCH", path, "{\"spec\":{\"replicas\":2}}").status()).isEqualTo(403);
    assertThat(
            service
                .call(
                    "POST",
                    "/api/v1/resources/apply",
                    "[" + ContractTest.resource("bulk", ContractTest.SPEC) + "]")
                .json()
                .path("results")
                .path(0)
                .path("status")
                .asInt())
        .isEqualTo(403);
    assertThat(service.call("DELETE", path, null).status()).isEqualTo(403);
    assertThat(asked("/judge")).hasSize(5);
    JsonNode update = asked("/judge").getFirst();
    assertThat(update.path("operation").asString()).isEqualTo("UPDATE");
    assertThat(update.path("old_resource").path("spec").path("storage_gb").asInt()).isEqualTo(500);
    assertThat(update.path("resource").path("spec").path("storage_gb").asInt()).isEqualTo(600);
    assertThat(asked("/judge").getLast().path("operation").asString()).isEqualTo("DELETE");
  }

  @Test
  void onesForAnotherTypeOrOperationAreNotAsked() {
    webhook("other", "validating", "[\"CREATE\"]", ",\"resource_type_name\":\"Elsewhere\"");
    webhook("later", "validating", "[\"DELETE\"]", "");
    assertThat(create().status()).isEqualTo(201);
    assertThat(asked).doesNotContainKeys("/other", "/later");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {}                                       | it answered 500",
        "200 | {\"allowed\":\"yes\"}                    | its answer does not say whether it is allowed",
        "200 | nonsense                                 | its answer is no JSON",
        "302 | {}                                       | it answered 302",
        "0   | {}                                       | no answer within 1 s",
        "200 | {\"allowed\":true,\"patches\":[{\"op\":\"remove\",\"path\":\"/none\"}]} | the patch remove /none cannot be applied",
      })
  void noAnswerFollowsTheFailurePolicy(int status, String body, String why) {
    replies.put("/hook", new Reply(status, body));
    int patience = status == NO_ANSWER ? 1 : 30;
    webhook(
        "hook",
        "mutating",
        "[\"CREATE\"]",
        ",\"timeout_seconds\":%d,\"failure_policy\":\"Fail\"".formatted(patience));
    Answer denied = create();
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.detail()).isEqualTo("Admission webhook hook failed: " + why);

    long id = service.call("GET", WEBHOOKS, null).json().path(0).path("id").asLong();
    assertThat(service.call("PUT", WEBHOOKS + "/" + id, "{\"failure_policy\":\"Ignore\"}").status())
        .isEqualTo(200);
    assertThat(create().status()).isEqualTo(201);
  }

  @Test
  void noneCanLeadTheServiceToItsOwnNetwork(SharedPostgres postgres) {
    try (RunningService guarded =
        RunningService.start(postgres.empty(2, 10), "AUTH=none", "ENABLED_ACTION_PLUGINS=test")) {
      guarded.call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"));
      for (String inside :
          List.of(
              "https://127.0.0.1/hook", "https://169.254.169.254/latest", "https://[::1]/hook")) {
        Answer registered =
            guarded.call(
                "POST",
                WEBHOOKS,
                "{\"name\":\"h\",\"webhook_url\":\"%s\",\"webhook_type\":\"validating\",\"operations\":[\"CREATE\"]}"
                    .formatted(inside));
        if (registered.status() != 201) {
          assertThat(registered.status()).isEqualTo(422);
          continue;
        }
        Answer answer =
            guarded.call(
                "POST", "/api/v1/resources", ContractTest.resource("x", ContractTest.SPEC));
        assertThat(answer.status()).as(inside).isEqualTo(403);
        assertThat(answer.detail()).startsWith("Admission webhook h failed: ");
        guarded.call("DELETE", WEBHOOKS + "/" + registered.json().path("id").asLong(), null);
      }
      assertThat(asked).isEmpty();
    }
  }

  /** What the deployer sets and what users write are two lists. */
  @Test
  void thePolicyServerOfTheSettingsNeedsNoEntryAndOpensNothingToUsers(SharedPostgres postgres) {
    try (RunningService usual =
        RunningService.start(
            postgres.empty(2, 10),
            "AUTH=none",
            "ENABLED_ACTION_PLUGINS=http",
            "OPA_URL=" + url("/v1/data/heal8s/admission"))) {
      usual.call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"));

      Answer created =
          usual.call(
              "POST",
              "/api/v1/resources",
              ContractTest.resource("sly", ContractTest.SPEC)
                  .replace(
                      "\"action_plugin\":\"test\"",
                      "\"action_plugin\":\"http\",\"plugin_config\":{\"url\":\"%s\"}"
                          .formatted(url("/v1/data/heal8s/admission?by=user"))));

      assertThat(created.status()).as(created.response().body()).isEqualTo(201);
      String path = "/api/v1/resources/" + created.json().path("id").asLong();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  usual
                      .call("GET", path, null)
                      .json()
                      .path("status")
                      .asString("")
                      .equals("failed"));
      assertThat(usual.call("GET", path, null).json().path("status_message").asString(""))
          .contains("the address must begin with one of [https]");
      assertThat(asked("/v1/data/heal8s/admission")).as("by the service alone").hasSize(1);
      usual.call(
          "POST",
          WEBHOOKS,
          """
          {"name":"h","webhook_url":"%s","webhook_type":"validating","operations":["CREATE"]}
          """
              .formatted(url("/hook")));
      assertThat(
              usual
                  .call(
                      "POST",
                      "/api/v1/resources",
                      ContractTest.resource("next", ContractTest.SPEC)
                          .replace("\"test\"", "\"http\""))
                  .detail())
          .startsWith("Admission webhook h failed: ");
      assertThat(asked("/hook")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {\"result\":true}                                    | 201 | ",
        "200 | {\"result\":{\"allow\":true}}                        | 201 | ",
        "200 | {\"result\":{\"deny\":[]}}                           | 201 | ",
        "200 | {\"result\":false}                                   | 403 | Denied by policy",
        "200 | {}                                                   | 403 | Denied by policy",
        "200 | {\"result\":{\"allow\":true,\"deny\":[\"too large\"]}} | 403 | Denied by policy: too large",
        "500 | {\"code\":\"internal_error\"}                        | 403 | Policy check failed: it answered 500",
      })
  void policiesAreAskedAsOpaDocuments(int status, String body, int answered, String detail) {
    replies.put("/v1/data/heal8s/admission", new Reply(status, body));
    Answer answer = create();
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(answered);
    assertThat(answer.detail()).isEqualTo(detail == null ? "" : detail);
    JsonNode input = asked("/v1/data/heal8s/admission").getFirst().path("input");
    assertThat(input.path("operation").asString()).isEqualTo("CREATE");
    assertThat(input.path("resource").path("spec").path("engine").asString()).isEqualTo("postgres");
  }

  private Answer keyed(String key, String path, String body) {
    return service.call("POST", path, body, "Idempotency-Key", key);
  }

  private void policy(int status, String body) {
    replies.put("/v1/data/heal8s/admission", new Reply(status, body));
  }

  @Test
  void aKeyIsNotUsedUpByARefusal() {
    String path = "/api/v1/resources";
    String body = ContractTest.resource("keyed-" + ++names, ContractTest.SPEC);
    policy(500, "{}");
    assertThat(keyed("k-policy", path, body).detail())
        .isEqualTo("Policy check failed: it answered 500");

    policy(200, "{\"result\":true}");
    Answer created = keyed("k-policy", path, body);
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    assertThat(created.header("Idempotent-Replayed")).isEmpty();

    policy(500, "{}");
    Answer again = keyed("k-policy", path, body);
    assertThat(again.status()).as("what was done is not judged again").isEqualTo(201);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(created.json());
  }

  @Test
  void afterARefusalSomebodyElsesResourceIsNotTakenForOnesOwn() {
    String path = "/api/v1/resources";
    String body = ContractTest.resource("wanted-by-two-" + ++names, ContractTest.SPEC);
    policy(500, "{}");
    assertThat(keyed("k-two", path, body).status()).isEqualTo(403);
    policy(200, "{\"result\":true}");
    assertThat(service.call("POST", path, body).status()).isEqualTo(201);

    assertThat(keyed("k-two", path, body).status()).isEqualTo(409);
  }

  @Test
  void anApplyOfWhichNothingWasStoredIsJudgedAnewToo() {
    String path = "/api/v1/resources/apply";
    String one = ContractTest.resource("bulk-" + ++names, ContractTest.SPEC);
    String bad = ContractTest.resource("bulk-" + ++names, "{\"engine\":\"oracle\"}");
    String body = "[" + one + "," + bad + "]";
    policy(500, "{}");
    assertThat(keyed("k-bulk", path, body).json().path("failed").asInt()).isEqualTo(2);

    policy(200, "{\"result\":true}");
    Answer partly = keyed("k-bulk", path, body);
    assertThat(partly.json().path("failed").asInt()).isEqualTo(1);
    assertThat(partly.header("Idempotent-Replayed")).isEmpty();

    Answer again = keyed("k-bulk", path, body);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.json().path("results").path(0).path("outcome").asString())
        .isEqualTo("created");
  }
}
