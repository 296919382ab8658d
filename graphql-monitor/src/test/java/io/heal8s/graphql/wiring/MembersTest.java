// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.graphql.api.ChangeLog;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.member.Members;
import io.heal8s.graphql.member.Ownership;
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

  private static final String[] SHORT_LEASE = RunningMonitor.SHORT_LEASE.toArray(String[]::new);

  private static final String CHANGES =
      "subscription { changes { name kind polledHere fields { path after } } }";

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
    try (RunningMonitor other = RunningMonitor.start(cluster, SHORT_LEASE).awaitReady()) {
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

      Members ofDoomed = doomed.bean(Members.class);
      guillotine.fall();
      MonitorCluster.patience()
          .until(
              () -> {
                boolean taken = second.names().stream().anyMatch(orphans::contains);
                assertThat(taken && ofDoomed.mayAct())
                    .as("who cannot renew stops before others may take over")
                    .isFalse();
                return second.size() == APPS;
              });
      MonitorCluster.patience().until(() -> first.size() == 0);

      shop.playing(PlayedServer.json("{\"data\":{\"health\":\"bad\"}}"));
      MonitorCluster.patience().until(() -> cluster.remediations().size() == APPS);
      assertThat(cluster.status(orphans.getFirst().split("/")[1]).state())
          .isEqualTo(State.Monitoring);
    } finally {
      doomed.close();
    }
  }

  /** Whoever polls the app, and whichever replica one has subscribed to. */
  @Test
  void aSubscriberIsToldEachChangeOnceWhileTheAppPassesFromOneToTheOther(TestCluster test)
      throws Exception {
    MonitorCluster cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
    play("ok");
    cluster.createUrlApp("shop", shop.destination().url());
    RunningMonitor one = startWithApi(cluster);
    RunningMonitor two = startWithApi(cluster);
    try (ApiCaller ofOne = new ApiCaller(one.metricsPort(), null);
        ApiCaller ofTwo = new ApiCaller(two.metricsPort(), null)) {
      Fleet first = one.bean(Fleet.class);
      Fleet second = two.bean(Fleet.class);
      MonitorCluster.patience().until(() -> isShared(one) && isShared(two));
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      MonitorCluster.patience().until(() -> first.size() + second.size() == 1);
      boolean firstHasIt = first.size() == 1;
      RunningMonitor stays = firstHasIt ? two : one;
      List<String> toldByOther = (firstHasIt ? ofTwo : ofOne).subscribe(CHANGES);
      List<String> toldByOwner = (firstHasIt ? ofOne : ofTwo).subscribe(CHANGES);
      MonitorCluster.patience()
          .until(
              () ->
                  one.bean(ChangeLog.class).subscribers() == 1
                      && two.bean(ChangeLog.class).subscribers() == 1);

      play("bad");
      MonitorCluster.patience().until(() -> changed(toldByOwner).size() == 1);
      MonitorCluster.patience().until(() -> changed(toldByOther).size() == 1);
      MonitorCluster.patience().until(() -> cluster.status("shop").pendingOrEmpty().isEmpty());
      assertThat(changed(toldByOwner).getFirst()).contains("\"polledHere\":true");
      assertThat(changed(toldByOther).getFirst()).contains("\"polledHere\":false");

      (firstHasIt ? one : two).close();
      MonitorCluster.patience().until(() -> stays.bean(Fleet.class).size() == 1);
      int polls = shop.received().size();
      MonitorCluster.patience().until(() -> shop.received().size() >= polls + 2);
      play("worse");
      MonitorCluster.patience().until(() -> changed(toldByOther).size() == 2);
      int more = shop.received().size();
      MonitorCluster.patience().until(() -> shop.received().size() >= more + 2);
      assertThat(changed(toldByOther))
          .hasSize(2)
          .last()
          .asString()
          .contains("\"polledHere\":true", "worse");
    } finally {
      one.close();
      two.close();
    }
  }

  // Ready, each of them may still believe to be alone: the app passes on only after that.
  private static boolean isShared(RunningMonitor monitor) {
    Ownership ownership = monitor.bean(Ownership.class);
    Fleet fleet = monitor.bean(Fleet.class);
    return ownership.living().size() == 2
        && monitor.bean(TargetApps.class).keys().stream()
            .allMatch(app -> fleet.polls(app) == ownership.test(app));
  }

  private void play(String health) {
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"" + health + "\"}}"));
  }

  private static List<String> changed(List<String> told) {
    return told.stream().filter(line -> line.contains("\"kind\":\"CHANGED\"")).toList();
  }

  private static RunningMonitor startWithApi(MonitorCluster cluster) throws Exception {
    return RunningMonitor.start(
            cluster,
            "heal8s.graphql.api.enabled=true",
            "heal8s.graphql.api.port=0",
            "heal8s.graphql.api.auth.modes=none")
        .awaitReady();
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
    return RunningMonitor.start(cluster, GraphqlMonitorApplication.class, client, SHORT_LEASE)
        .awaitReady();
  }
}
