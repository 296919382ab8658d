// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.decide.TraceParent;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.graphql.announce.MonitorExecutor;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The whole monitor beside a real API server, under the rights of its chart. */
@RealCluster
class MonitorTest {

  private final PlayedServer shop = new PlayedServer();
  private MonitorCluster cluster;

  @BeforeEach
  void install(TestCluster test) {
    cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private static PlayedServer.Answering state(String health) {
    return PlayedServer.json("{\"data\":{\"health\":\"" + health + "\",\"version\":1}}");
  }

  @Test
  void aStateThatTurnsBadBecomesARemediationAndIsTold() throws Exception {
    shop.playing(state("ok"));
    cluster.createUrlApp("shop", shop.destination().url());
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady()) {
      ListAppender<ILoggingEvent> lines = new ListAppender<>();
      lines.start();
      ((Logger) LoggerFactory.getLogger(MonitorExecutor.class)).addAppender(lines);
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      TargetAppStatus first = cluster.status("shop");
      assertThat(first.lastPolled()).isNotNull();
      assertThat(first.digest()).hasSize(64);
      assertThat(first.observedGeneration()).isEqualTo(1);
      assertThat(first.endpoint()).isEqualTo(shop.destination().url());
      assertThat(first.lastError()).isNull();
      assertThat(cluster.remediations()).isEmpty();

      shop.playing(state("bad"));
      MonitorCluster.patience().until(() -> cluster.remediations().size() == 1);
      MonitorCluster.patience().until(() -> cluster.status("shop").pendingOrEmpty().isEmpty());
      var remediation = cluster.remediations().getFirst();
      assertThat(remediation.spec().action().type()).isEqualTo(ActionType.RestartPods);
      assertThat(Objects.requireNonNull(remediation.spec().detector()).name()).isEqualTo("shop");
      assertThat(Objects.requireNonNull(remediation.spec().action().argumentsFrom()).actionIndex())
          .isZero();
      assertThat(remediation.getMetadata().getLabels())
          .containsEntry(Annotations.LABEL_DETECTOR, cluster.app("shop").getMetadata().getUid());
      String trace = remediation.spec().trace();
      assertThat(TraceParent.isValid(trace)).isTrue();
      assertThat(lines.list)
          .filteredOn(line -> line.getMessage().equals("Remediation created"))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.getMDCPropertyMap())
                    .containsEntry("traceId", TraceParent.traceId(trace).orElseThrow());
                assertThat(line.getKeyValuePairs())
                    .anyMatch(
                        pair ->
                            pair.key.equals("remediation")
                                && pair.value.equals(remediation.getMetadata().getName()));
              });
      assertThat(cluster.status("shop").actionsExecuted()).isEqualTo(1);
      MonitorCluster.patience()
          .untilAsserted(
              () ->
                  assertThat(cluster.events("shop"))
                      .contains(
                          "Normal InitialStateDetected Initial state detected for TApp 'shop'",
                          "Normal StateFieldChanged Field 'health' changed in TApp 'shop'",
                          "Normal HealthStatusChanged Field 'health' changed from 'ok' to 'bad' in"
                              + " TApp 'shop'"));

      assertThat(monitor.getOnMetricsPort("/metrics").body())
          .contains(
              "operator_kco_actions_executed_total{action=\"restart_pod\",namespace=\""
                  + cluster.namespace()
                  + "\",status=\"success\",tapp_name=\"shop\"} 1.0")
          .contains("operator_kco_active_monitors 1.0")
          .contains("operator_kco_tapp_poll_duration_seconds_bucket{")
          .contains("operator_kco_action_duration_seconds_count{");
      JsonObject stats = JsonParser.parseString(monitor.get("/stats").body()).getAsJsonObject();
      assertThat(stats.getAsJsonObject("monitoring").get("monitored_tapps").toString())
          .isEqualTo("[\"" + cluster.namespace() + "/shop\"]");
      JsonObject events =
          stats.getAsJsonObject("monitoring").getAsJsonObject("event_generator_stats");
      assertThat(events.get("cached_events").getAsInt()).isGreaterThanOrEqualTo(3);
      assertThat(events.get("deduplication_window_seconds").getAsInt()).isEqualTo(300);
      assertThat(monitor.get("/healthz").body()).contains("\"status\":\"healthy\"");
      assertThat(monitor.get("/readyz").body()).contains("\"monitoring_controller\":\"available\"");

      cluster.delete(ServedKinds.TARGET_APPS, "shop");
      MonitorCluster.patience()
          .untilAsserted(
              () ->
                  assertThat(monitor.get("/metrics").body()).doesNotContain("tapp_name=\"shop\""));
    }
  }
}
