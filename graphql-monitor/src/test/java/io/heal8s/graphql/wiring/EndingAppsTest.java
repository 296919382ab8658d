// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apps end when they are deleted, whatever the original left on them. */
@RealCluster
class EndingAppsTest {

  private static final String THEIRS = "example.com/mine";
  private static final String KOPF = "kopf.zalando.org/KopfFinalizerMarker";

  private final PlayedServer shop = new PlayedServer();
  private MonitorCluster cluster;
  private RunningMonitor monitor;

  @BeforeEach
  void start(TestCluster test) throws Exception {
    cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
    shop.playing(health("ok"));
    monitor = RunningMonitor.start(cluster).awaitReady();
  }

  @AfterEach
  void stop() {
    monitor.close();
    shop.close();
  }

  private static PlayedServer.Answering health(String value) {
    return PlayedServer.json("{\"data\":{\"health\":\"" + value + "\"}}");
  }

  private void applyWith(String... finalizers) {
    cluster.apply(
        """
        apiVersion: operator.kco.local/v1alpha1
        kind: TargetApp
        metadata:
          name: old
          finalizers: [%s]
          annotations: {kopf.zalando.org/last-handled-configuration: "{}", keep: me}
        spec:
          stateQuery: "{health}"
          graphqlEndpoint: "%s"
          actions:
          - trigger: {field: health, condition: equals, value: bad}
            action: restart_pod
        """
            .formatted(String.join(", ", finalizers), shop.destination().url()));
  }

  private void awaitFinalizers(String... finalizers) {
    MonitorCluster.patience()
        .untilAsserted(
            () ->
                assertThat(cluster.app("old").getMetadata().getFinalizers())
                    .containsExactlyInAnyOrder(finalizers));
  }

  @Test
  void theOriginalsFinalizerIsTakenOffWheneverItComes() {
    applyWith(THEIRS, KOPF);
    awaitFinalizers(THEIRS);
    assertThat(cluster.app("old").getMetadata().getAnnotations())
        .containsEntry("keep", "me")
        .doesNotContainKey("kopf.zalando.org/last-handled-configuration");
    MonitorCluster.patience().until(() -> cluster.status("old").state() == State.Monitoring);

    applyWith(THEIRS, KOPF);
    awaitFinalizers(THEIRS);

    applyWith(KOPF);
    cluster.delete(ServedKinds.TARGET_APPS, "old");
    MonitorCluster.patience().until(() -> !cluster.exists("old"));
  }

  @Test
  void anAppThatIsBeingDeletedIsPolledNoMore() throws Exception {
    applyWith(THEIRS);
    MonitorCluster.patience().until(() -> cluster.status("old").state() == State.Monitoring);

    cluster.delete(ServedKinds.TARGET_APPS, "old");
    MonitorCluster.patience()
        .until(() -> monitor.get("/stats").body().contains("\"active_monitors\":0"));
    shop.playing(health("bad"));
    int polls = shop.received().size();
    // Another one, at the same interval, is polled meanwhile.
    PlayedServer bank = new PlayedServer();
    try (bank) {
      bank.playing(health("ok"));
      cluster.createUrlApp("bank", bank.destination().url());
      MonitorCluster.patience().until(() -> bank.received().size() >= 4);
    }
    assertThat(shop.received()).as("but what was under way").hasSizeBetween(polls, polls + 1);
    assertThat(cluster.remediations()).isEmpty();
    assertThat(cluster.exists("old")).isTrue();

    applyWith();
    MonitorCluster.patience().until(() -> !cluster.exists("old"));
  }
}
