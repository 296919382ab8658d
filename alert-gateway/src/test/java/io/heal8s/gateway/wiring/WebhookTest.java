// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.gateway.intake.WebhookServlet;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The webhooks on a real API server, under exactly the rights that the chart gives. */
@RealCluster
@TestInstance(Lifecycle.PER_CLASS)
class WebhookTest {

  private static final String ALERTMANAGER = "/webhooks/alertmanager";

  private final GatewayCluster cluster;
  private final String shop;
  private final RunningGateway gateway;

  WebhookTest(TestCluster test) throws Exception {
    cluster = new GatewayCluster(test.cluster()).install();
    shop = test.namespace();
    gateway = RunningGateway.start(cluster.kubeconfig(), "heal8s.gateway.max-body=64KB");
  }

  @BeforeAll
  void isReady() {
    gateway.awaitReady();
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void anAlertIsStoredBeforeItIsAnswered() throws Exception {
    HttpResponse<String> answer = gateway.post(ALERTMANAGER, Deliveries.oom(shop, "web"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    List<Remediation> stored = cluster.stored(shop, "web");
    assertThat(stored).hasSize(1);
    String name = stored.getFirst().getMetadata().getName();
    assertThat(answer.body())
        .isEqualTo(
            """
            {"alerts":[{"alertname":"KubePodOOMKilled","fingerprint":"f-web",\
            "outcome":"created","namespace":"%s","name":"%s"}]}"""
                .formatted(shop, name));
    assertThat(stored.getFirst().spec().trace()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");

    HttpResponse<String> again = gateway.post(ALERTMANAGER, Deliveries.oom(shop, "web"));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"outcome\":\"exists\"").contains(name);
    assertThat(cluster.stored(shop, "web")).hasSize(1);
  }

  @Test
  void theSendersTraceGoesOn() throws Exception {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    gateway.send(
        gateway
            .request(ALERTMANAGER)
            .header("traceparent", trace)
            .POST(BodyPublishers.ofString(Deliveries.oom(shop, "traced"))));
    assertThat(cluster.stored(shop, "traced").getFirst().spec().trace())
        .startsWith(trace.substring(0, 36));
  }

  @Test
  void whatWasCreatedIsFoundInTheLogByTheTrace() throws Exception {
    String id = "4bf92f3577b34da6a3ce929d0e0e4737";
    Logger logger = (Logger) LoggerFactory.getLogger(WebhookServlet.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      for (int delivery = 0; delivery < 3; delivery++) {
        gateway.send(
            gateway
                .request(ALERTMANAGER)
                .header("traceparent", "00-" + id + "-00f067aa0ba902b7-01")
                .POST(BodyPublishers.ofString(Deliveries.oom(shop, "told"))));
      }
    } finally {
      logger.detachAppender(lines);
    }
    String name = cluster.stored(shop, "told").getFirst().getMetadata().getName();
    assertThat(lines.list)
        .filteredOn(line -> id.equals(line.getMDCPropertyMap().get("traceId")))
        .as("one line, however often the sender repeats itself")
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.getKeyValuePairs())
                    .anyMatch(pair -> (shop + "/" + name).equals(pair.value)));
  }

  @Test
  void grafanaPostsTheSameShape() throws Exception {
    HttpResponse<String> answer =
        gateway.post("/webhooks/grafana", Deliveries.oom(shop, "dashboarded"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(
            Objects.requireNonNull(cluster.stored(shop, "dashboarded").getFirst().spec().alert())
                .source())
        .isEqualTo("grafana");
  }

  static Stream<String> autoHealPaths() {
    return Stream.of("/webhook", "/webhook/x", "/webhook/");
  }

  @ParameterizedTest
  @MethodSource("autoHealPaths")
  void theAutoHealWebhookAnswersAsItsUsersKnowIt(String path) throws Exception {
    String body =
        """
        {"alerts":[{"labels":{"alertname":"KubePodOOMKilled","namespace":"%s",\
        "deployment":"healed"},"annotations":{}}]}"""
            .formatted(shop);
    for (String uri : List.of(gateway.uri(path).toString(), gateway.secondUri(path).toString())) {
      HttpResponse<String> answer = gateway.post(java.net.URI.create(uri), body);
      assertThat(answer.statusCode()).as(uri).isEqualTo(202);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(cluster.stored(shop, "healed")).hasSize(1);
  }

  @Test
  void twoReceiversOfOneAlertmanagerAreOneRemediation() throws Exception {
    String body = Deliveries.oom(shop, "twice");
    gateway.post(ALERTMANAGER, body);
    gateway.post("/webhook", body);
    gateway.post(gateway.secondUri("/webhook"), body);
    assertThat(cluster.stored(shop, "twice")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"})
  void onlyPostIsAMethodHere(String method) throws Exception {
    HttpResponse<String> answer =
        gateway.send(
            HttpRequest.newBuilder(gateway.uri(ALERTMANAGER))
                .method(method, BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }

  record Stranger(String because, String header, String value) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Stranger> strangers() {
    return Stream.of(
        new Stranger("no token", "X-Nothing", "x"),
        new Stranger("another token", "Authorization", "Bearer another-token-of-the-length"),
        new Stranger(
            "the token under another scheme", "Authorization", "Basic " + RunningGateway.TOKEN),
        new Stranger("an empty token", "Authorization", "Bearer "));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void whoIsNotKnownWritesNothing(Stranger stranger) throws Exception {
    HttpResponse<String> answer =
        gateway.send(
            HttpRequest.newBuilder(gateway.uri(ALERTMANAGER))
                .header(stranger.header(), stranger.value())
                .POST(BodyPublishers.ofString(Deliveries.oom(shop, "stranger"))));
    assertThat(answer.statusCode()).as(stranger.because()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(problem(answer)).contains("\"status\":401");
    assertThat(cluster.stored(shop, "stranger")).isEmpty();
  }

  @Test
  void aMalformedBodyIsRefusedAsAWholeWithThePlace() throws Exception {
    String body = Deliveries.oom(shop, "half").replace("]}", ",7]}");
    HttpResponse<String> answer = gateway.post(ALERTMANAGER, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(problem(answer)).contains("alerts[1]: not an object");
    assertThat(cluster.stored(shop, "half")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{\"alerts\":[]}"})
  void nothingToDoIsDone(String body) throws Exception {
    HttpResponse<String> answer = gateway.post(ALERTMANAGER, body);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"alerts\":[]}");
  }

  @Test
  void aBodyOverTheCapIsNotRead() throws Exception {
    String body = Deliveries.oom(shop, "huge") + " ".repeat(64 * 1024);
    HttpResponse<String> told = gateway.post(ALERTMANAGER, body);
    assertThat(told.statusCode()).isEqualTo(413);
    assertThat(problem(told)).contains("65536");
    HttpResponse<String> chunked =
        gateway.send(
            gateway
                .request(ALERTMANAGER)
                .POST(
                    BodyPublishers.ofInputStream(
                        () ->
                            new java.io.ByteArrayInputStream(
                                body.getBytes(java.nio.charset.StandardCharsets.UTF_8)))));
    assertThat(chunked.statusCode()).as("of unknown length").isEqualTo(413);
    assertThat(cluster.stored(shop, "huge")).isEmpty();
  }

  record Place(String because, boolean second, String path, int status) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Place> places() {
    return Stream.of(
        new Place("the path is exact", false, "/webhooks/alertmanager/", 404),
        new Place("nothing else is here", false, "/dashboard", 404),
        new Place("metrics are not for senders", false, "/metrics", 404),
        new Place("management is not for senders", false, "/actuator/health", 404),
        new Place("metrics where the first release had them", true, "/metrics", 200),
        new Place("only the auto-heal webhook is on that port", true, ALERTMANAGER, 404));
  }

  @ParameterizedTest
  @MethodSource("places")
  void everythingHasItsPlace(Place place) throws Exception {
    HttpResponse<String> answer =
        gateway.send(
            HttpRequest.newBuilder(
                    place.second() ? gateway.secondUri(place.path()) : gateway.uri(place.path()))
                .header("Authorization", "Bearer " + RunningGateway.TOKEN)
                .GET());
    assertThat(answer.statusCode()).as(place.because()).isEqualTo(place.status());
  }

  @Test
  void whatIsSkippedForGoodIsToldAndNotSentAgain() throws Exception {
    String terminating = shop + "-going";
    cluster.createNamespace(terminating);
    cluster.deleteNamespace(terminating);
    String body =
        Deliveries.of(
            Deliveries.alert("firing", "NobodyKnowsThis", shop, "a"),
            Deliveries.alert("firing", "KubePodOOMKilled", shop + "-never-was", "b"),
            Deliveries.alert("firing", "KubePodOOMKilled", terminating, "c"),
            Deliveries.alert("firing", "KubePodOOMKilled", shop, "not_a_name"),
            Deliveries.alert("suppressed", "KubePodOOMKilled", shop, "e"),
            Deliveries.alert("firing", "KubePodOOMKilled", shop, "good-among-bad"));
    HttpResponse<String> answer = gateway.post(ALERTMANAGER, body);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "\"reason\":\"NoRoute\"",
            "\"reason\":\"NamespaceMissing\"",
            "\"reason\":\"NamespaceTerminating\"",
            "\"reason\":\"UnusableTarget\"",
            "\"reason\":\"NotFiring\"");
    assertThat(cluster.stored(shop, "good-among-bad")).hasSize(1);
    assertThat(gateway.metrics())
        .contains(
            "heal8s_alerts_skipped_total{alertname=\"KubePodOOMKilled\",reason=\"namespace-missing\"}")
        .contains("heal8s_alerts_skipped_total{alertname=\"NobodyKnowsThis\",reason=\"no-route\"}");
  }

  @Test
  void theMetricsOfTheFirstReleaseAreReadUnderTheirNames() throws Exception {
    gateway.post(ALERTMANAGER, Deliveries.oom(shop, "counted"));
    gateway.post(ALERTMANAGER, Deliveries.oom(shop, "counted"));
    assertThat(gateway.metrics())
        .contains(
            "heal8s_alerts_received_total{alertname=\"KubePodOOMKilled\",severity=\"critical\"} ",
            "heal8s_alerts_skipped_total{alertname=\"KubePodOOMKilled\",reason=\"duplicate\"} ",
            "heal8s_remediations_created_total{action_type=\"IncreaseMemory\",mode=\"GitOps\","
                + "target_kind=\"Deployment\"} ");
  }

  @Test
  void aQuotaThatIsUsedUpIsForNow() throws Exception {
    String full = shop + "-full";
    cluster.createNamespace(full);
    String count = "count/remediations.k8shealer.k8s-healer.io";
    cluster.apply(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: few}
        spec: {hard: {%s: "0"}}
        """
            .formatted(count),
        full);
    cluster.setQuotaStatus(full, "few", count, 0);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              String deployment = "q" + Instant.now().toEpochMilli();
              HttpResponse<String> answer =
                  gateway.post(
                      ALERTMANAGER,
                      Deliveries.of(
                          Deliveries.alert("firing", "KubePodOOMKilled", full, deployment),
                          Deliveries.alert("firing", "KubePodOOMKilled", shop, "unlimited")));
              assertThat(answer.statusCode()).isEqualTo(503);
              assertThat(problem(answer)).contains("\"reason\":\"QuotaExceeded\"", "1 of 2 alerts");
            });
    assertThat(cluster.stored(shop, "unlimited"))
        .as("what could be committed was committed")
        .hasSize(1);
  }

  @Test
  void admissionThatRefusesIsForGood() throws Exception {
    cluster.apply(
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: no-%1$s}
        spec:
          matchConstraints:
            resourceRules:
              - {apiGroups: [k8shealer.k8s-healer.io], apiVersions: ["*"], operations: [CREATE], resources: [remediations]}
          matchConditions:
            - {name: mine, expression: "object.spec.target.name == 'forbidden' && object.metadata.namespace == '%1$s'"}
          validations:
            - {expression: "false", message: "not this one"}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: no-%1$s}
        spec: {policyName: no-%1$s, validationActions: [Deny]}
        """
            .formatted(shop),
        shop);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              HttpResponse<String> answer =
                  gateway.post(ALERTMANAGER, Deliveries.oom(shop, "forbidden"));
              assertThat(answer.statusCode()).isEqualTo(200);
              assertThat(answer.body()).contains("\"reason\":\"Invalid\"", "not this one");
            });
  }

  @Test
  void theNamespacesOwnPolicyRoutesFromTheNextAlertOn() throws Exception {
    String own = shop + "-own";
    cluster.createNamespace(own);
    cluster.apply(
        """
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          routes:
            - alertName: "Kube*"
              labels: {deployment: "ignored-.*"}
            - alertName: "Kube*"
              action: {type: RestartWorkload}
              strategy: {mode: GitOps, requireApproval: true, environment: stage, ttl: 2h}
        """,
        own);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(gateway.post(ALERTMANAGER, Deliveries.oom(own, "ignored-one")).body())
                    .contains("\"reason\":\"Ignored\""));
    gateway.post(ALERTMANAGER, Deliveries.oom(own, "web"));
    Remediation stored = cluster.stored(own).getFirst();
    assertThat(cluster.stored(own)).hasSize(1);
    assertThat(stored.spec().action().type()).isEqualTo(ActionType.RestartWorkload);
    assertThat(stored.spec().strategy().environment()).isEqualTo("stage");
    assertThat(stored.spec().strategy().ttl()).isEqualTo("2h");
  }

  @Test
  void theEndOfAnAlertIsNotedBesideWhatTheOperatorWrote() throws Exception {
    gateway.post(ALERTMANAGER, Deliveries.oom(shop, "recovered"));
    Remediation created = cluster.stored(shop, "recovered").getFirst();
    cluster.setStatus(
        created,
        """
        {"phase":"Analyzing","conditions":[{"type":"AlertReceived","status":"True",
         "reason":"AlertReceived","message":"","lastTransitionTime":"2026-03-01T10:00:01Z"}]}""");
    HttpResponse<String> answer =
        gateway.post(
            ALERTMANAGER,
            Deliveries.of(Deliveries.alert("resolved", "RenamedSince", shop, "recovered")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"outcome\":\"resolved\"");
    Remediation noted = cluster.stored(shop, "recovered").getFirst();
    Condition condition =
        Objects.requireNonNull(noted.statusOrEmpty().condition(ConditionType.AlertResolved));
    assertThat(condition.status()).isEqualTo(Condition.Status.True);
    assertThat(condition.message()).contains("2026-03-01T10:30:00Z");
    assertThat(noted.statusOrEmpty().isTrue(ConditionType.AlertReceived))
        .as("conditions of others stay")
        .isTrue();
  }

  @Test
  void anAttemptThatFailedLongAgoIsFollowedByTheNext() throws Exception {
    gateway.post(ALERTMANAGER, Deliveries.oom(shop, "stubborn"));
    for (int attempt = 1; attempt <= 3; attempt++) {
      List<Remediation> stored = cluster.stored(shop, "stubborn");
      assertThat(stored).hasSize(attempt);
      cluster.setStatus(
          stored.stream()
              .max(java.util.Comparator.comparing(r -> String.valueOf(r.getMetadata().getName())))
              .orElseThrow(),
          "{\"phase\":\"Failed\",\"reason\":\"CapReached\",\"resolvedAt\":\"2026-03-01T10:00:01Z\"}");
      HttpResponse<String> answer = gateway.post(ALERTMANAGER, Deliveries.oom(shop, "stubborn"));
      assertThat(answer.body())
          .contains(attempt < 3 ? "\"outcome\":\"created\"" : "\"reason\":\"GaveUp\"");
    }
    assertThat(cluster.stored(shop, "stubborn"))
        .extracting(r -> String.valueOf(r.getMetadata().getName()).replaceAll(".*[0-9a-f]{16}", ""))
        .containsExactlyInAnyOrder("", "-2", "-3");
  }

  @Test
  void hundredAlertsOfOneDeliveryAreHundredObjects() throws Exception {
    String[] alerts =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(i -> Deliveries.alert("firing", "KubeHpaMaxedOut", shop, "many-" + i))
            .toArray(String[]::new);
    HttpResponse<String> answer = gateway.post(ALERTMANAGER, Deliveries.of(alerts));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(cluster.stored(shop))
        .filteredOn(r -> r.spec().target().name().startsWith("many-"))
        .hasSize(100);
  }

  private static String problem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    return answer.body();
  }
}
