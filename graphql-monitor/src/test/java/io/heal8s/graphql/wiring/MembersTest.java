// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.poll.Fleet;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two replicas share the apps; one is lost. */
@RealCluster
class MembersTest {

  private static final int APPS = 12;

  private final PlayedServer shop = new PlayedServer();

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void aLostReplicasAppsArePolledByTheOther(TestCluster test) throws Exception {
    MonitorCluster cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    for (int i = 0; i < APPS; i++) {
      cluster.createUrlApp("shop-" + i, shop.destination().url());
    }
    Guillotine guillotine = Guillotine.never();
    RunningMonitor doomed = start(cluster, guillotine);
    try (RunningMonitor other = RunningMonitor.start(cluster).awaitReady()) {
      Fleet first = doomed.bean(Fleet.class);
      Fleet second = other.bean(Fleet.class);
      MonitorCluster.patience()
          .untilAsserted(
              () -> {
                assertThat(first.size()).isBetween(1, APPS - 1);
                assertThat(union(first, second)).hasSize(APPS);
                assertThat(first.size() + second.size())
                    .as("no app is polled by both")
                    .isEqualTo(APPS);
              });
      List<String> orphans = first.names();

      guillotine.fall();
      MonitorCluster.patience().until(() -> first.size() == 0);
      assertThat(second.names())
          .as("who cannot renew stops before others may take over")
          .doesNotContainAnyElementsOf(orphans);
      MonitorCluster.patience().until(() -> second.size() == APPS);

      shop.playing(PlayedServer.json("{\"data\":{\"health\":\"bad\"}}"));
      MonitorCluster.patience().until(() -> cluster.remediations().size() == APPS);
      assertThat(cluster.status(orphans.getFirst().split("/")[1]).state())
          .isEqualTo(State.Monitoring);
    } finally {
      doomed.close();
    }
  }

  @Test
  void whoGoesInOrderGivesItsShareBackAtOnce(TestCluster test) throws Exception {
    MonitorCluster cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
    int before = cluster.leases().size();
    RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady();
    assertThat(cluster.leases()).hasSize(before + 1);
    monitor.close();
    assertThat(cluster.leases()).hasSize(before);
  }

  private static TreeSet<String> union(Fleet one, Fleet other) {
    List<String> names = new ArrayList<>(one.names());
    names.addAll(other.names());
    return new TreeSet<>(names);
  }

  private static RunningMonitor start(MonitorCluster cluster, Guillotine guillotine)
      throws Exception {
    ApiClient client = cluster.asMonitor();
    client.setHttpClient(client.getHttpClient().newBuilder().addInterceptor(guillotine).build());
    return RunningMonitor.start(cluster, GraphqlMonitorApplication.class, client).awaitReady();
  }
}
