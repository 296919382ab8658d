// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.graphql.exchange.PlayedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.slf4j.LoggerFactory;

/**
 * What the monitor needs is not there: it lives, says in one line what is missing, and goes on by
 * itself once it comes. On a cluster of its own, where nothing is installed at first.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OutageTest {

  /** As the original's: a structural schema, no subresource, no columns. */
  private static final String FORMER_DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: targetapps.operator.kco.local}
      spec:
        group: operator.kco.local
        scope: Namespaced
        names: {kind: TargetApp, plural: targetapps, singular: targetapp, shortNames: [tapp]}
        versions:
        - name: v1alpha1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    selector:
                      type: object
                      properties:
                        matchLabels: {type: object, additionalProperties: {type: string}}
                    graphqlEndpoint: {type: string, default: /graphql}
                    stateQuery: {type: string}
                    pollingInterval: {type: integer, default: 30, minimum: 5, maximum: 3600}
                    timeout: {type: integer, default: 10, minimum: 1, maximum: 60}
                    maxRetries: {type: integer, default: 3, minimum: 0, maximum: 10}
                    actions:
                      type: array
                      items:
                        type: object
                        properties:
                          trigger:
                            type: object
                            properties:
                              field: {type: string}
                              condition: {type: string}
                              value: {x-kubernetes-preserve-unknown-fields: true}
                          action: {type: string}
                          parameters: {type: object, x-kubernetes-preserve-unknown-fields: true}
                status:
                  type: object
                  properties:
                    lastPolled: {type: string, format: date-time}
                    state: {type: string}
                    lastError: {type: string}
                    actionsExecuted: {type: integer}
                    eventsGenerated: {type: integer}
      """;

  private static final String NOT_INSTALLED = "not installed, watched as soon as it is";
  private static final String NOT_CREATED = "RemediationNotCreated";
  private static final String NOT_READY = "Not ready, trying again by itself: ";

  private final Cluster server = Cluster.start(ClusterOptions.api());
  private final MonitorCluster cluster = new MonitorCluster(server, "default").installService();
  private final PlayedServer shop = new PlayedServer();
  private final Lines log = new Lines();

  /** What people are told. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage() + " " + event.getKeyValuePairs());
    }

    List<String> beginningWith(String text) {
      return lines.stream().filter(line -> line.startsWith(text)).toList();
    }
  }

  /** Begins to listen after the start, which sets up logging anew. */
  private RunningMonitor start(MonitorCluster where, String... settings) throws IOException {
    List<String> all = new ArrayList<>(RunningMonitor.SHORT_LEASE);
    all.addAll(List.of(settings));
    RunningMonitor monitor = RunningMonitor.start(where, all.toArray(String[]::new));
    log.start();
    ((Logger) LoggerFactory.getLogger("io.heal8s")).addAppender(log);
    return monitor;
  }

  @AfterEach
  void endListening() {
    ((Logger) LoggerFactory.getLogger("io.heal8s")).detachAppender(log);
    log.lines.clear();
  }

  @AfterAll
  void stop() {
    shop.close();
    server.close();
  }

  /** A watch that failed is tried again after half a minute at the latest. */
  private static ConditionFactory recovery() {
    return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
  }

  private void awaitPolls(int more) {
    int polls = shop.received().size();
    MonitorCluster.patience().until(() -> shop.received().size() >= polls + more);
  }

  @Test
  void definitionsMayComeOneAfterTheOther() throws Exception {
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    // Ready, because there is nothing to do.
    try (RunningMonitor monitor = start(cluster).awaitReady()) {
      assertThat(monitor.get("/stats").body()).contains("\"active_monitors\":0");
      MonitorCluster.patience()
          .until(() -> log.lines.stream().anyMatch(line -> line.contains(NOT_INSTALLED)));
      cluster.installDefinition("targetapps");
      recovery()
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                cluster.createUrlApp("shop", shop.destination().url());
                assertThat(cluster.exists("shop")).isTrue();
              });
      recovery().until(() -> cluster.status("shop").state() == State.Monitoring);

      shop.playing(PlayedServer.json("{\"data\":{\"health\":\"bad\"}}"));
      MonitorCluster.patience()
          .until(() -> String.valueOf(cluster.status("shop").conditions()).contains(NOT_CREATED));
      assertThat(cluster.status("shop").pendingOrEmpty()).hasSize(1);
      // A second outage, while the first one cannot be acted on.
      shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
      awaitPolls(3);
      shop.playing(PlayedServer.json("{\"data\":{\"health\":\"bad\"}}"));
      awaitPolls(3);
      MonitorCluster.patience().until(() -> cluster.status("shop").pendingOrEmpty().size() == 2);
      MonitorCluster.patience()
          .until(() -> cluster.events("shop").toString().contains("Warning " + NOT_CREATED));
      assertThat(monitor.get("/readyz").statusCode()).isEqualTo(200);

      cluster.installDefinition("remediations");
      recovery().ignoreExceptions().until(() -> cluster.remediations().size() == 2);
      recovery().until(() -> cluster.status("shop").pendingOrEmpty().isEmpty());
      assertThat(String.valueOf(cluster.status("shop").conditions())).doesNotContain(NOT_CREATED);
      assertThat(log.beginningWith("What is due cannot be created yet"))
          .as("once, however often it was tried")
          .hasSize(1);
    }
  }

  /** The original's definition knew no status; nothing can be recorded before it is replaced. */
  @Test
  void theOriginalsDefinitionIsToldAndWhatCameWithItIsTakenOver() throws Exception {
    try (Cluster former = Cluster.start(ClusterOptions.api());
        PlayedServer bank = new PlayedServer()) {
      bank.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
      MonitorCluster theirs = new MonitorCluster(former, "default").installService();
      theirs.apply(FORMER_DEFINITION, "");
      MonitorCluster.patience()
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  theirs.apply(
                      """
                      apiVersion: operator.kco.local/v1alpha1
                      kind: TargetApp
                      metadata: {name: bank, finalizers: [kopf.zalando.org/KopfFinalizerMarker]}
                      spec: {graphqlEndpoint: "%s", stateQuery: "{health}", maxRetries: 0}
                      """
                          .formatted(bank.destination().url())));
      try (RunningMonitor monitor = start(theirs).awaitReady()) {
        String line = "The definition of TargetApps has no status";
        MonitorCluster.patience().until(() -> !log.beginningWith(line).isEmpty());
        MonitorCluster.patience()
            .until(
                () ->
                    Objects.requireNonNullElse(
                            theirs.app("bank").getMetadata().getFinalizers(), List.of())
                        .isEmpty());
        theirs.installDefinition("targetapps");
        recovery().until(() -> theirs.status("bank").state() == State.Monitoring);
        assertThat(log.beginningWith(line)).hasSize(1);
        assertThat(monitor.get("/readyz").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void withoutRightsItIsAliveAndNotReadyUntilItHasThem() throws Exception {
    cluster.apply(
        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: poor}}", MonitorCluster.SYSTEM);
    try (RunningMonitor monitor =
        start(cluster, "heal8s.kubernetes.kubeconfig=" + cluster.kubeconfigOf("poor"))) {
      MonitorCluster.patience().until(() -> !log.beginningWith(NOT_READY).isEmpty());
      assertThat(log.beginningWith(NOT_READY))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line).contains("leases", "pods", "services", "may not be watched"));
      assertThat(monitor.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(monitor.get("/readyz").body()).contains("\"not_ready\"");
      assertThat(monitor.get("/healthz").statusCode()).isEqualTo(200);
      cluster.installRightsOf("poor");
      recovery().until(() -> monitor.get("/readyz").statusCode() == 200);
    }
  }

  @Test
  void theApiServerMayComeLateAndGo() throws Exception {
    // While somebody can be asked for a token.
    assertThat(cluster.kubeconfig()).exists();
    server.stopApiServer();
    try (RunningMonitor monitor = start(cluster)) {
      MonitorCluster.patience().until(() -> !log.beginningWith(NOT_READY).isEmpty());
      assertThat(log.beginningWith(NOT_READY)).hasSize(1);
      assertThat(monitor.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(monitor.get("/healthz").statusCode()).isEqualTo(200);
      server.startApiServer();
      recovery().until(() -> monitor.get("/readyz").statusCode() == 200);
      // While the server started a renewal may have failed too.
      log.lines.clear();

      // Without its Lease it has no share of the work.
      server.stopApiServer();
      MonitorCluster.patience().until(() -> monitor.get("/readyz").statusCode() == 503);
      assertThat(monitor.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(log.beginningWith("The member's lease cannot be renewed")).hasSize(1);
      server.startApiServer();
      recovery().until(() -> monitor.get("/readyz").statusCode() == 200);
    }
  }
}
