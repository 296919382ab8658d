// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.wiring.Guillotine.Side;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The monitor dies on either side of each write of an edge, the app is well again before another
 * one starts, and then turns bad a second time: an outage that was recorded is acted on once, one
 * that was not is not invented, and the second is never lost. Each point has an app in a namespace
 * of its own, for which the same process dies there.
 */
@RealCluster
class EdgeCrashTest {

  private static final Predicate<Request> RECORD =
      request ->
          request.method().equals("PATCH")
              && request.url().encodedPath().endsWith("/shop/status")
              && body(request).contains("\"pending\":[{");
  private static final Predicate<Request> CREATE =
      request ->
          request.method().equals("POST") && request.url().encodedPath().endsWith("/remediations");
  private static final Predicate<Request> CLEAR =
      request ->
          request.method().equals("PATCH")
              && request.url().encodedPath().endsWith("/shop/status")
              && body(request).contains("\"actionsExecuted\":1");

  /** Where the monitor dies, and how many Remediations the outage gets that it died in. */
  private enum Point {
    BEFORE_THE_RECORD(RECORD, Side.BEFORE, 0),
    AFTER_THE_RECORD(RECORD, Side.AFTER, 1),
    BEFORE_THE_REMEDIATION(CREATE, Side.BEFORE, 1),
    AFTER_THE_REMEDIATION(CREATE, Side.AFTER, 1),
    BEFORE_IT_IS_CROSSED_OUT(CLEAR, Side.BEFORE, 1),
    AFTER_IT_IS_CROSSED_OUT(CLEAR, Side.AFTER, 1);

    private final Predicate<Request> at;
    private final Side side;
    private final int forTheFirst;

    Point(Predicate<Request> at, Side side, int forTheFirst) {
      this.at = at;
      this.side = side;
      this.forTheFirst = forTheFirst;
    }
  }

  /** One point, with its app. */
  private static final class Scene {
    private final Point point;
    private final MonitorCluster cluster;
    private final PlayedServer shop = new PlayedServer();
    private final Guillotine guillotine;

    Scene(Point point, TestCluster test) {
      this.point = point;
      this.cluster =
          new MonitorCluster(test.cluster(), test.namespace() + "-" + point.ordinal()).install();
      cluster.createNamespace();
      this.guillotine = Guillotine.over(cluster.namespace(), point.at, point.side);
      shop.playing(state("ok"));
      cluster.createUrlApp("shop", shop.destination().url());
    }
  }

  private final List<Scene> scenes = new ArrayList<>();

  @AfterEach
  void stop() {
    scenes.forEach(scene -> scene.shop.close());
  }

  @Test
  void noOutageIsLostOrActedOnTwice(TestCluster test) throws Exception {
    for (Point point : Point.values()) {
      scenes.add(new Scene(point, test));
    }
    try (RunningMonitor first = start(scenes)) {
      for (Scene scene : scenes) {
        MonitorCluster.patience()
            .until(() -> scene.cluster.status("shop").state() == State.Monitoring);
      }
      scenes.forEach(scene -> scene.shop.playing(state("bad")));
      for (Scene scene : scenes) {
        MonitorCluster.patience().until(scene.guillotine::hasFallen);
      }
    }
    scenes.forEach(scene -> scene.shop.playing(state("ok")));
    try (RunningMonitor second = start(List.of())) {
      // It has seen that the apps are well, and finished what it found.
      awaitTwoMorePollsOfEach();
      for (Scene scene : scenes) {
        MonitorCluster.patience()
            .untilAsserted(
                () -> {
                  assertThat(scene.cluster.remediations())
                      .as(scene.point.name())
                      .hasSize(scene.point.forTheFirst);
                  assertThat(scene.cluster.status("shop").pendingOrEmpty()).isEmpty();
                });
      }
      scenes.forEach(scene -> scene.shop.playing(state("bad")));
      for (Scene scene : scenes) {
        MonitorCluster.patience()
            .until(() -> scene.cluster.remediations().size() > scene.point.forTheFirst);
      }
      awaitTwoMorePollsOfEach();
      for (Scene scene : scenes) {
        assertThat(scene.cluster.remediations().stream().map(Remediation::getMetadata))
            .as(scene.point.name())
            .hasSize(scene.point.forTheFirst + 1);
        assertThat(scene.cluster.status("shop").actionsExecuted())
            .as(scene.point.name())
            .isEqualTo(scene.point.forTheFirst + 1);
      }
      assertThat(second.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  private void awaitTwoMorePollsOfEach() {
    List<Integer> polls = scenes.stream().map(scene -> scene.shop.received().size()).toList();
    for (int i = 0; i < scenes.size(); i++) {
      PlayedServer shop = scenes.get(i).shop;
      int before = polls.get(i);
      MonitorCluster.patience().until(() -> shop.received().size() >= before + 2);
    }
  }

  private RunningMonitor start(List<Scene> doomed) throws Exception {
    MonitorCluster cluster = scenes.getFirst().cluster;
    ApiClient client = cluster.asMonitor();
    OkHttpClient.Builder http = client.getHttpClient().newBuilder().retryOnConnectionFailure(false);
    doomed.forEach(scene -> http.addInterceptor(scene.guillotine));
    client.setHttpClient(http.build());
    String namespaces =
        scenes.stream().map(scene -> scene.cluster.namespace()).collect(Collectors.joining(","));
    return RunningMonitor.start(
        cluster,
        GraphqlMonitorApplication.class,
        client,
        "heal8s.graphql.namespaces=" + namespaces);
  }

  private static PlayedServer.Answering state(String health) {
    return PlayedServer.json("{\"data\":{\"health\":\"" + health + "\"}}");
  }

  private static String body(Request request) {
    try {
      okio.Buffer buffer = new okio.Buffer();
      if (request.body() != null) {
        request.body().writeTo(buffer);
      }
      return buffer.readUtf8();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
