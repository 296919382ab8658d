// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.poll.Fleet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API server goes away while an app turns bad, and comes back. */
class ApiServerRestartTest {

  private final PlayedServer shop = new PlayedServer();

  @AfterEach
  void stop() {
    shop.close();
  }

  /** With the default the replica's share ends meanwhile; with the other its Lease outlives it. */
  @ParameterizedTest
  @CsvSource({"10s, 3s", "5m, 1s"})
  void whatWasSeenMeanwhileIsWrittenAfterwards(String lease, String renewal) throws Exception {
    try (Cluster own = Cluster.start(ClusterOptions.api())) {
      MonitorCluster cluster = new MonitorCluster(own, "default").install();
      shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
      cluster.createUrlApp("shop", shop.destination().url());
      try (RunningMonitor monitor =
          RunningMonitor.start(
                  cluster,
                  "heal8s.graphql.lease=" + lease,
                  "heal8s.graphql.lease-renewal=" + renewal)
              .awaitReady()) {
        MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
        own.stopApiServer();
        shop.playing(PlayedServer.json("{\"data\":{\"health\":\"bad\"}}"));
        int polls = shop.received().size();
        MonitorCluster.patience().until(() -> shop.received().size() > polls);
        // Well again before anybody could write that it was not.
        shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
        if (lease.equals("10s")) {
          MonitorCluster.patience().until(() -> monitor.bean(Fleet.class).size() == 0);
        }
        own.startApiServer();
        MonitorCluster.patience().until(() -> cluster.remediations().size() == 1);
        MonitorCluster.patience().until(() -> cluster.status("shop").pendingOrEmpty().isEmpty());
        assertThat(monitor.get("/healthz").statusCode()).isEqualTo(200);
      }
    }
  }
}
