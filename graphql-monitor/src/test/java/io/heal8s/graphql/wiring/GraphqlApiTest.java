// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.gson.JsonObject;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.graphql.announce.AppNews;
import io.heal8s.graphql.api.ChangeLog;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.SchemaMappingInspector;
import org.springframework.graphql.execution.SchemaReport;

/** The GraphQL interface beside a real API server, under the rights of the chart with it on. */
@RealCluster
class GraphqlApiTest {

  private static final String TOKEN = "a-token-of-a-portal-1234";
  private static final String TOO_MUCH =
      "the query costs more than 20000: ask for fewer fields or shorter pages";
  private static final String SECRET = "hush-this-is-secret";
  private static final String ACTIONS =
      """
      headers: [{name: X-Key, value: %1$s}]
      actions:
      - trigger: {field: health, condition: equals, value: bad}
        action: webhook
        parameters: {url: "https://hooks.example.com/%1$s", headers: {X-Token: %1$s}}
      """
          .formatted(SECRET);

  private final PlayedServer shop = new PlayedServer();
  private MonitorCluster cluster;
  private Path token;

  @BeforeEach
  void install(TestCluster test, @TempDir Path folder) throws Exception {
    cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
    cluster.installApiRights();
    token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
  }

  @AfterEach
  void stop() {
    cluster.deleteApps();
    shop.close();
  }

  private RunningMonitor start(String... settings) throws Exception {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("heal8s.graphql.api.enabled=true");
    all.add("heal8s.graphql.api.port=0");
    all.add("heal8s.graphql.api.auth.modes=bearer");
    all.add("heal8s.graphql.api.auth.bearer.token-files=" + token);
    return RunningMonitor.start(cluster, all.toArray(String[]::new)).awaitReady();
  }

  private void createApp(String name) {
    // A token in the address, as some have it, is not told either.
    String url = shop.destination().url() + "?token=" + SECRET;
    cluster.createApp(name, "graphqlEndpoint: " + url + "\n" + ACTIONS);
  }

  private static PlayedServer.Answering state(String health) {
    return PlayedServer.json("{\"data\":{\"health\":\"" + health + "\"}}");
  }

  private String app(String name, String fields) {
    return "{ targetApp(namespace: \"%s\", name: \"%s\") { %s } }"
        .formatted(cluster.namespace(), name, fields);
  }

  @Test
  void offUnlessSwitchedOn() throws Exception {
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady();
        ApiCaller caller = new ApiCaller(monitor.metricsPort(), TOKEN);
        ApiCaller health = new ApiCaller(monitor.mainPort(), TOKEN)) {
      assertThat(caller.ask("{ __typename }").statusCode()).isEqualTo(404);
      assertThat(health.ask("{ __typename }").statusCode()).isEqualTo(404);
      assertThat(monitor.has(AppNews.class)).isFalse();
      assertThat(monitor.has(GraphQlSource.class)).isFalse();
    }
  }

  @Test
  void onlyWhoShowsATokenIsAnsweredAndOnlyOnItsPort() throws Exception {
    try (RunningMonitor monitor = start();
        ApiCaller caller = new ApiCaller(monitor.metricsPort(), TOKEN);
        ApiCaller stranger = new ApiCaller(monitor.metricsPort(), null);
        ApiCaller health = new ApiCaller(monitor.mainPort(), TOKEN)) {
      assertThat(caller.ask("{ __typename }").statusCode()).isEqualTo(200);
      assertThat(caller.get("/graphql").statusCode()).isEqualTo(405);
      assertThat(caller.get("/graphql/schema").body()).contains("type TargetApp {");
      assertThat(stranger.ask("{ __typename }").statusCode()).isEqualTo(401);
      assertThat(stranger.get("/graphql/schema").statusCode()).isEqualTo(401);
      assertThat(stranger.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(health.ask("{ __typename }").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void everyFieldOfTheSchemaIsAnsweredAndNothingIsAnsweredBeside() throws Exception {
    try (RunningMonitor monitor = start()) {
      GraphQLSchema schema = monitor.bean(GraphQlSource.class).schema();
      RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
      monitor.bean(AnnotatedControllerConfigurer.class).configure(wiring);
      SchemaReport report = SchemaMappingInspector.inspect(schema, wiring.build());
      assertThat(report.unmappedFields()).isEmpty();
      assertThat(report.unmappedRegistrations()).isEmpty();
      assertThat(report.unmappedArguments()).isEmpty();
      assertThat(report.skippedTypes()).isEmpty();
      assertThat(report.fieldNullnessErrors()).isEmpty();
      assertThat(report.argumentNullnessErrors()).isEmpty();
      assertThat(schema.getMutationType()).isNull();
    }
  }

  @Test
  void tellsWhatIsKnownAndNoSecret() throws Exception {
    shop.playing(state("ok"));
    createApp("shop");
    try (RunningMonitor monitor = start();
        ApiCaller caller = new ApiCaller(monitor.metricsPort(), TOKEN)) {
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      shop.playing(state("bad"));
      MonitorCluster.patience().until(() -> cluster.remediations().size() == 1);
      String everything =
          app(
              "shop",
              """
              namespace name uid state lastError endpoint lastPolled polledHere digest sequence
              actionsExecuted eventsGenerated pending
              conditions { type status reason message observedGeneration lastTransitionTime }
              watched { action field condition when value held since fired firedAt }
              history { kind at sequence fields { path before after } moreFields reason message remediations }
              remediations { name action actionIndex createdAt phase reason resolvedAt }
              """);
      String remediation =
          Objects.requireNonNull(cluster.remediations().getFirst().getMetadata().getName());
      // What is known of the Remediation comes by a watch of its own.
      MonitorCluster.patience()
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertToldAll(caller.data(everything).getAsJsonObject("targetApp"), remediation));
      JsonObject told = caller.data(everything).getAsJsonObject("targetApp");
      assertThat(told.toString()).doesNotContain(SECRET);
      assertThat(caller.data(app("nobody", "name")).get("targetApp").isJsonNull()).isTrue();
    }

    try (RunningMonitor next = start();
        ApiCaller caller = new ApiCaller(next.metricsPort(), TOKEN)) {
      int before = shop.received().size();
      MonitorCluster.patience().until(() -> shop.received().size() > before + 1);
      JsonObject told =
          caller
              .data(
                  app("shop", "sequence watched { value } history { kind } remediations { name }"))
              .getAsJsonObject("targetApp");
      assertThat(told.get("sequence").getAsInt()).as("recorded").isEqualTo(2);
      assertThat(told.getAsJsonArray("remediations")).hasSize(1);
      assertThat(told.getAsJsonArray("history")).as("kept by the process that ended").isEmpty();
    }
  }

  private static void assertToldAll(JsonObject told, String remediation) {
    assertThat(told.get("actionsExecuted").getAsInt()).isEqualTo(1);
    assertThat(told.get("state").getAsString()).isEqualTo("Monitoring");
    assertThat(told.get("polledHere").getAsBoolean()).isTrue();
    assertThat(told.get("lastPolled").isJsonNull()).isFalse();
    assertThat(told.get("sequence").getAsInt()).isEqualTo(2);
    JsonObject watched = told.getAsJsonArray("watched").get(0).getAsJsonObject();
    assertThat(watched.get("field").getAsString()).isEqualTo("health");
    assertThat(watched.get("value").getAsString()).isEqualTo("\"bad\"");
    assertThat(watched.get("held").getAsBoolean()).isTrue();
    JsonObject asked = told.getAsJsonArray("remediations").get(0).getAsJsonObject();
    assertThat(asked.get("name").getAsString()).isEqualTo(remediation);
    assertThat(asked.get("action").getAsString()).isEqualTo("CallWebhook");
    assertThat(asked.get("actionIndex").getAsInt()).isZero();
    JsonObject last = told.getAsJsonArray("history").get(0).getAsJsonObject();
    assertThat(last.get("kind").getAsString()).isEqualTo("CHANGED");
    assertThat(last.get("fields"))
        .hasToString("[{\"path\":\"health\",\"before\":\"\\\"ok\\\"\",\"after\":\"\\\"bad\\\"\"}]");
    assertThat(last.getAsJsonArray("remediations").get(0).getAsString()).isEqualTo(remediation);
    assertThat(told.getAsJsonArray("history").get(1).getAsJsonObject().get("kind").getAsString())
        .isEqualTo("INITIAL");
  }

  @Test
  void pagesAndFilters() throws Exception {
    shop.playing(state("ok"));
    for (String name : List.of("a", "b", "c")) {
      createApp(name);
    }
    cluster.createApp("d", "graphqlEndpoint: http://127.0.0.1:1/graphql\n");
    try (RunningMonitor monitor = start();
        ApiCaller caller = new ApiCaller(monitor.metricsPort(), TOKEN)) {
      String page =
          "{ targetApps(first: 2, state: Monitoring%s) { nodes { name } totalCount"
              + " pageInfo { hasNextPage endCursor } } }";
      MonitorCluster.patience()
          .until(
              () ->
                  caller
                          .data(page.formatted(""))
                          .getAsJsonObject("targetApps")
                          .get("totalCount")
                          .getAsInt()
                      == 3);
      JsonObject first = caller.data(page.formatted("")).getAsJsonObject("targetApps");
      assertThat(first.getAsJsonArray("nodes")).hasToString("[{\"name\":\"a\"},{\"name\":\"b\"}]");
      String cursor = first.getAsJsonObject("pageInfo").get("endCursor").getAsString();
      JsonObject second =
          caller.data(page.formatted(", after: \"" + cursor + "\"")).getAsJsonObject("targetApps");
      assertThat(second.getAsJsonArray("nodes")).hasToString("[{\"name\":\"c\"}]");
      assertThat(second.getAsJsonObject("pageInfo").get("hasNextPage").getAsBoolean()).isFalse();
      assertThat(
              caller
                  .data("{ targetApps(namespace: \"elsewhere\") { totalCount } }")
                  .getAsJsonObject("targetApps")
                  .get("totalCount")
                  .getAsInt())
          .isZero();
    }
  }

  @Test
  void whatAsksForTooMuchIsRefusedWithoutInternals() throws Exception {
    try (RunningMonitor monitor = start();
        ApiCaller caller = new ApiCaller(monitor.metricsPort(), TOKEN)) {
      String deep = "name";
      for (int i = 0; i < 20; i++) {
        deep = "ofType { " + deep + " }";
      }
      assertThat(caller.errors("{ __schema { types { fields { type { " + deep + " } } } } }"))
          .containsExactly("the query is deeper than 16 levels: ask for less at once");
      assertThat(
              caller.errors(
                  "{ targetApps(first: 500) { nodes { remediations(first: 100) { name } } } }"))
          .containsExactly(TOO_MUCH);
      for (String tooMuch :
          List.of(
              // No sum may wrap, and nothing is free.
              "{ a: targetApp(namespace: \"x\", name: \"x\") { history(first: 2147483647) { at } }"
                  + " b: targetApp(namespace: \"x\", name: \"x\") { history(first: 1073741824) { at } }"
                  + " c: targetApps(first: 500) { nodes { name } } }",
              "{ targetApps(first: 500) { nodes { a: remediations { __typename } } } }",
              "{ targetApps(first: 500) { nodes { history { a: __typename b: __typename c: __typename } } } }",
              "query q($n: Int!) { targetApps(first: $n) { nodes { ...f } } }"
                  + " fragment f on TargetApp { history(first: 1000) { at } }",
              "{ a: targetApp(namespace: \"x\", name: \"x\") { ...f }"
                  + " b: targetApps(first: 500) { nodes { ...f } } }"
                  + " fragment f on TargetApp { history(first: 1000) { at } }",
              "{ targetApp(namespace: \"x\", name: \"x\") { ...f0 } }" + bomb(40))) {
        assertThat(caller.errors(tooMuch, "{\"n\": 500}")).as(tooMuch).contains(TOO_MUCH);
      }
      assertThat(caller.errors("{" + "targetApps { totalCount } ".repeat(2000) + "}"))
          .singleElement(STRING)
          .contains("tokens");
      assertThat(caller.errors("subscription { changes { name } }"))
          .containsExactly("a subscription needs Accept: text/event-stream");
      assertThat(caller.errors("{ targetApps(first: 501) { totalCount } }"))
          .containsExactly("first is 501: write 1 to 500");
      assertThat(caller.errors("{ targetApps(after: \"x\") { totalCount } }"))
          .containsExactly("after is no endCursor of a page: leave it out for the first page");
      assertThat(caller.errors("mutation { a }")).isNotEmpty();
      assertThat(caller.ask("{ targetApps { nodes { headers } } }").body())
          .contains("Field 'headers' in type 'TargetApp' is undefined");
      assertThat(caller.ask("x".repeat(70_000)).statusCode()).isEqualTo(413);
    }
  }

  /** Fragments that stand for more fields than there is memory. */
  private static String bomb(int levels) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < levels; i++) {
      text.append(" fragment f%d on TargetApp { ...f%d ...f%2$d }".formatted(i, i + 1));
    }
    return text.append(" fragment f").append(levels).append(" on TargetApp { name }").toString();
  }

  @Test
  void itMayHaveAPortOfItsOwnAndMetricsNone() throws Exception {
    try (RunningMonitor monitor = start("heal8s.graphql.metrics-port=-1");
        ApiCaller caller = new ApiCaller(monitor.port("heal8s.graphql.api.port"), TOKEN)) {
      assertThat(caller.ask("{ __typename }").statusCode()).isEqualTo(200);
      assertThat(caller.get("/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aSubscriberIsToldOfARealChange() throws Exception {
    shop.playing(state("ok"));
    createApp("shop");
    try (RunningMonitor monitor = start();
        ApiCaller caller = new ApiCaller(monitor.metricsPort(), TOKEN)) {
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      List<String> told =
          caller.subscribe(
              "subscription { changes(namespace: \"%s\") { name kind fields { path after } remediations } }"
                  .formatted(cluster.namespace()));
      ChangeLog log = monitor.bean(ChangeLog.class);
      MonitorCluster.patience().until(() -> log.subscribers() == 1);
      shop.playing(state("bad"));
      MonitorCluster.patience()
          .untilAsserted(
              () ->
                  assertThat(told)
                      .anyMatch(
                          line ->
                              line.startsWith("data:")
                                  && line.contains("\"kind\":\"CHANGED\"")
                                  && line.contains("\"after\":\"\\\"bad\\\"\"")));
      assertThat(told).contains("status 200", "event:next");
      shop.playing(PlayedServer.http(500, "text/html", "<p>"));
      MonitorCluster.patience()
          .untilAsserted(
              () -> assertThat(told).anyMatch(line -> line.contains("\"kind\":\"FAILED\"")));

      // Whoever goes away is forgotten, and the end of the monitor is told to whoever stays.
      ApiCaller gone = new ApiCaller(monitor.metricsPort(), TOKEN);
      gone.subscribe("subscription { changes { name } }");
      MonitorCluster.patience().until(() -> log.subscribers() == 2);
      gone.close();
      MonitorCluster.patience().until(() -> log.subscribers() == 1);
      long before = System.nanoTime();
      monitor.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
      MonitorCluster.patience()
          .untilAsserted(
              () -> {
                assertThat(told).anyMatch(line -> line.contains("this replica ends"));
                assertThat(told.getLast()).isEqualTo("end");
              });
    }
  }

  @Test
  void theChartGivesTheRightToListAndNoMore() {
    ResourceType<JsonObject> remediations =
        ResourceType.untyped(
            "k8shealer.k8s-healer.io", "v1alpha1", "Remediation", "remediations", true);
    KubernetesReader monitor =
        new KubernetesReader(new KubernetesApi(cluster.asMonitor(), Duration.ofSeconds(20)));
    Selector here = Selector.namespace(cluster.namespace());
    assertThat(
            monitor
                .list(remediations, here.withLabels(Annotations.LABEL_DETECTOR + "=x"))
                .failureOrNull())
        .isNull();
    assertThat(
            monitor
                .get(remediations, new ObjectKey(cluster.namespace(), "anything"))
                .failureOrNull())
        .isInstanceOf(ApiFailure.Forbidden.class);
    assertThat(
            monitor
                .list(remediations, Selector.namespace(MonitorCluster.SYSTEM + "-other"))
                .failureOrNull())
        .as("where the interface is off")
        .isInstanceOf(ApiFailure.Forbidden.class);
  }
}
