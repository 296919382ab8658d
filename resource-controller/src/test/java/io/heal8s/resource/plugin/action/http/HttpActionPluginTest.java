// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.MoodyServer;
import io.heal8s.resource.testing.MoodyServer.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpActionPluginTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECRET = "s3cr3t-of-the-service";

  private MoodyServer server;
  private HttpActionPlugin plugin;

  @BeforeEach
  void start() {
    server = new MoodyServer();
    plugin = opened(Map.of());
  }

  @AfterEach
  void stop() {
    plugin.close();
    server.close();
  }

  private HttpActionPlugin opened(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("OUTBOUND_PLAIN_HTTP", "true");
    settings.put("OUTBOUND_PORTS", Integer.toString(server.port()));
    settings.put("OUTBOUND_ALLOWED_CIDRS", "127.0.0.0/8");
    settings.putAll(more);
    HttpActionPlugin opened = new HttpActionPlugin();
    opened.open(new GivenEnvironment(settings, Map.of("env:API_TOKEN", SECRET), Clock.systemUTC()));
    return opened;
  }

  private ActionRequest request(String type, String config) {
    return new ActionRequest(
        7,
        "production-pg",
        type,
        "v1",
        3,
        JSON.readTree("{\"size\":5}"),
        JSON.readTree(config.replace("$SERVER", server.url(""))),
        JSON.readTree("{}"),
        JSON.readTree("{}"),
        "7-3-1");
  }

  private ActionRequest request(String config) {
    return request("Database", config);
  }

  private ActionRequest ofType(String config, String http) {
    ActionRequest own = request(config);
    return new ActionRequest(
        own.resourceId(),
        own.resourceName(),
        own.typeName(),
        own.typeVersion(),
        own.generation(),
        own.spec(),
        own.pluginConfig(),
        JSON.readTree("{\"http\":" + http.replace("$SERVER", server.url("")) + "}"),
        own.outputs(),
        own.dispatchKey());
  }

  @Test
  void headersOfTheTypeGoOnlyWhereTheTypeSendsThem() {
    String type =
        "{\"url\":\"https://api.example/\",\"headers\":{\"Authorization\":\"" + SECRET + "\"}}";
    server.answers(_ -> Reply.json(200, "{}"));
    for (String config :
        new String[] {
          "{\"url\":\"$SERVER/x\"}",
          "{\"url\":\"http://api.example/\"}",
          "{\"url\":\"https://api.example:8443/\"}",
          "{\"destroy\":{\"url\":\"$SERVER/x\"}}"
        }) {
      ActionRequest request = ofType(config, type);
      assertThat(plugin.validateSpec(request)).as(config).hasSize(1);
      assertThat(plugin.validateSpec(request).getFirst()).contains("headers in plugin_config");
      failed(plugin.apply(request));
      failed(plugin.destroy(request));
      assertThat(plugin.plan(request)).isInstanceOf(PlanResult.Failed.class);
    }
    assertThat(server.received()).isEmpty();

    ActionRequest without = ofType("{\"url\":\"$SERVER/x\",\"headers\":{}}", type);
    assertThat(plugin.apply(without)).isInstanceOf(Step.Done.class);
    assertThat(server.received().getFirst().header("authorization")).isEmpty();

    assertThat(plugin.validateSpec(ofType("{\"url\":\"https://API.example:443/db\"}", type)))
        .isEmpty();
    ActionRequest same =
        ofType("{\"url\":\"$SERVER/y\"}", type.replace("https://api.example", "$SERVER"));
    assertThat(plugin.apply(same)).isInstanceOf(Step.Done.class);
    assertThat(server.received().getLast().header("authorization")).contains(SECRET);
  }

  @Test
  void aHeaderThatStaysIsNotLedElsewhere() {
    String config =
        "{\"url\":\"https://a.example/\",\"headers\":"
            + "{\"Accept\":\"text/plain\",\"Authorization\":\"one\"}}";
    ActionRequest now = request(config);
    for (String elsewhere :
        new String[] {
          config.replace("a.example", "b.example"),
          config.replace("https", "http"),
          config.replace("a.example", "a.example:8443"),
          config.replace("{\"url\"", "{\"destroy\":{\"url\":\"https://b.example/\"},\"url\""),
        }) {
      assertThat(plugin.validateChange(now, request(elsewhere)))
          .as(elsewhere)
          .singleElement()
          .asString()
          .startsWith("headers.Authorization was given for another");
    }
    assertThat(plugin.validateChange(now, request(config.replace("example/", "example/v2"))))
        .isEmpty();
    assertThat(
            plugin.validateChange(
                now, request(config.replace("a.example", "b.example").replace("one", "two"))))
        .isEmpty();
  }

  private static Step.Failed failed(Step step) {
    assertThat(step).isInstanceOf(Step.Failed.class);
    return (Step.Failed) step;
  }

  @Test
  void theSpecIsSentAndTheAnswerKept() {
    server.answers(_ -> Reply.json(201, "{\"id\":42}"));
    ActionRequest request = request("{\"url\":\"$SERVER/db/{name}?g={generation}\"}");
    assertThat(plugin.validateSpec(request)).isEmpty();
    assertThat(plugin.plan(request)).isInstanceOf(PlanResult.Changes.class);
    assertThat(server.received()).as("a plan calls nobody").isEmpty();

    Step.Done done = (Step.Done) plugin.apply(request);
    MoodyServer.Received received = server.received().getFirst();
    assertThat(received.method() + " " + received.target()).isEqualTo("POST /db/production-pg?g=3");
    assertThat(received.header("idempotency-key")).contains("7-3-1");
    assertThat(JSON.readTree(received.body()).path("spec")).isEqualTo(request.spec());
    assertThat(Objects.requireNonNull(done.outputs()))
        .isEqualTo(JSON.readTree("{\"status\":201,\"body\":{\"id\":42}}"));
    assertThat(done.changes()).isEqualTo(new Step.Changes(0, 1, 0));
  }

  @Test
  void aRefusalFailsWithoutQuotingTheAnswer() {
    server.answers(_ -> Reply.json(422, "{\"error\":\"" + SECRET + "\"}"));
    Step.Failed failed = failed(plugin.apply(request("{\"url\":\"$SERVER/x\"}")));
    assertThat(failed.message()).endsWith(" answered 422").doesNotContain(SECRET);
    assertThat(failed.notBefore()).isNull();
  }

  @Test
  void anOverloadedServerSaysWhenToComeBack() {
    server.answers(_ -> Reply.json(503, "").with("Retry-After", "7"));
    assertThat(failed(plugin.apply(request("{\"url\":\"$SERVER/x\"}"))).notBefore())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    CountDownLatch end = new CountDownLatch(1);
    server.answers(
        _ -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Reply.json(200, "{}");
        });
    try (HttpActionPlugin impatient = opened(Map.of("timeout", "1"))) {
      assertThat(failed(impatient.apply(request("{\"url\":\"$SERVER/x\"}"))).message())
          .contains("127.0.0.1");
    } finally {
      end.countDown();
    }
  }

  @Test
  void whatIsNotPublicIsNotCalled() {
    try (HttpActionPlugin guarded = opened(Map.of("OUTBOUND_ALLOWED_CIDRS", ""))) {
      failed(guarded.apply(request("{\"url\":\"$SERVER/x\"}")));
    }
    try (HttpActionPlugin guarded = opened(Map.of("OUTBOUND_PLAIN_HTTP", "false"))) {
      failed(guarded.apply(request("{\"url\":\"$SERVER/x\"}")));
    }
    failed(plugin.apply(request("{\"url\":\"http://169.254.169.254:" + server.port() + "/\"}")));
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.answers(_ -> Reply.json(302, "").with("Location", server.url("/elsewhere")));
    failed(plugin.apply(request("{\"url\":\"$SERVER/x\"}")));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void aPlaceholderIsOneSegmentWhateverStandsInIt() {
    plugin.apply(request("a/../b?c#d {name}", "{\"url\":\"$SERVER/types/{type}/it\"}"));
    assertThat(server.received().getFirst().target())
        .isEqualTo("/types/a%2F..%2Fb%3Fc%23d%20%7Bname%7D/it");

    ActionRequest upwards = request("..", "{\"url\":\"$SERVER/types/{type}/it\"}");
    assertThat(plugin.validateSpec(upwards))
        .containsExactly("url: {type} stands for '..', which is no part of a path");
    failed(plugin.apply(upwards));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void aWrongConfigurationIsRefusedBeforeAnythingIsStored() {
    assertThat(plugin.validateSpec(request("{}")))
        .containsExactly("url is required in plugin_config");
    assertThat(plugin.validateSpec(request("{\"url\":\"/relative\"}")))
        .containsExactly("url must be absolute, with a host");
    assertThat(plugin.validateSpec(request("{\"url\":\"$SERVER/x\",\"method\":\"TRACE\"}")))
        .containsExactly("method is 'TRACE': must be GET, POST, PUT, PATCH or DELETE");
    assertThatThrownBy(() -> opened(Map.of("timeout", "soon")))
        .hasMessage(
            "timeout of the plugin http is 'soon': must be a whole number of seconds, at least 1");
  }

  private static final String WITH_SECRET =
      "{\"url\":\"$SERVER/x\",\"headers\":{\"X-Api-Key\":{\"secret\":\"env:API_TOKEN\"}},"
          + "\"destroy\":{\"url\":\"$SERVER/x\"}}";

  @Test
  void aSecretIsReadAtTheCallAndShownNowhere() {
    server.answers(
        received ->
            Reply.json(
                200, "{\"you\":{\"sent\":[\"" + received.header("x-api-key").orElse("") + "\"]}}"));
    ActionRequest request = request(WITH_SECRET);
    assertThat(((PlanResult.Changes) plugin.plan(request)).output()).doesNotContain(SECRET);
    Step.Done done = (Step.Done) plugin.apply(request);
    assertThat(server.received().getFirst().header("x-api-key")).contains(SECRET);
    assertThat(done.toString()).doesNotContain(SECRET).contains("***");
  }

  @Test
  void aSecretThatIsNotThereIsSaidAndNothingIsSent() {
    Step.Failed failed =
        failed(plugin.apply(request(WITH_SECRET.replace("API_TOKEN", "DB_PASSWORD"))));
    assertThat(failed.message())
        .isEqualTo("the secret env:DB_PASSWORD is not there, or may not be referred to");
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aLongRunIsAskedForAtItsLocation() {
    server.answers(
        received ->
            received.target().equals("/x")
                ? Reply.json(202, "").with("Location", "/runs/1").with("Retry-After", "2")
                : Reply.json(200, "{\"state\":\"done\"}"));
    ActionRequest request = request(WITH_SECRET);
    Step.Running running = (Step.Running) plugin.apply(request);
    assertThat(running.pollAfter()).isEqualTo(Duration.ofSeconds(2));
    assertThat(running.handle().toString()).doesNotContain(SECRET);

    Step.Done done = (Step.Done) plugin.poll(request, running.handle());
    assertThat(server.received().getLast().target()).isEqualTo("/runs/1");
    assertThat(server.received().getLast().header("x-api-key")).contains(SECRET);
    JsonNode outputs = Objects.requireNonNull(done.outputs());
    assertThat(outputs.path("body").path("state").asString()).isEqualTo("done");
  }

  @Test
  void aLocationElsewhereIsAskedWithoutTheSecret() {
    try (MoodyServer other = new MoodyServer();
        HttpActionPlugin both =
            opened(Map.of("OUTBOUND_PORTS", server.port() + "," + other.port()))) {
      server.answers(_ -> Reply.json(202, "").with("Location", other.url("/run")));
      ActionRequest request = request(WITH_SECRET);
      Step.Running running = (Step.Running) both.apply(request);
      assertThat(both.poll(request, running.handle())).isInstanceOf(Step.Done.class);
      assertThat(other.received().getFirst().header("x-api-key")).isEmpty();
    }
  }

  @Test
  void whatIsGoneAlreadyIsDestroyed() {
    server.answers(_ -> Reply.json(404, ""));
    Step.Done done = (Step.Done) plugin.destroy(request(WITH_SECRET));
    assertThat(server.received().getFirst().method()).isEqualTo("DELETE");
    assertThat(done.changes()).isEqualTo(new Step.Changes(0, 0, 1));
    assertThat(plugin.destroy(request("{\"url\":\"$SERVER/x\"}"))).isInstanceOf(Step.Done.class);
    assertThat(server.received()).hasSize(1);
  }
}
