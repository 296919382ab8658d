// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.graphql.exchange.PlayedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API server goes away while an app turns bad, and comes back. */
class ApiServerRestartTest {

  private final PlayedServer shop = new PlayedServer();

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void whatWasSeenMeanwhileIsWrittenAfterwards() throws Exception {
    try (Cluster own = Cluster.start(ClusterOptions.api())) {
      MonitorCluster cluster = new MonitorCluster(own, "default").install();
      shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
      cluster.createUrlApp("shop", shop.destination().url());
      // Its Lease outlives the restart: what is tested is what it has seen, not who polls.
      try (RunningMonitor monitor =
          RunningMonitor.start(
                  cluster, "heal8s.graphql.lease=5m", "heal8s.graphql.lease-renewal=1s")
              .awaitReady()) {
        MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
        own.stopApiServer();
        shop.playing(PlayedServer.json("{\"data\":{\"health\":\"bad\"}}"));
        int polls = shop.received().size();
        MonitorCluster.patience().until(() -> shop.received().size() > polls);
        // Well again before anybody could write that it was not.
        shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
        own.startApiServer();
        MonitorCluster.patience().until(() -> cluster.remediations().size() == 1);
        MonitorCluster.patience().until(() -> cluster.status("shop").pendingOrEmpty().isEmpty());
        assertThat(monitor.get("/healthz").statusCode()).isEqualTo(200);
      }
    }
  }
}
