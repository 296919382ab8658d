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
import java.util.function.Predicate;
import java.util.stream.Stream;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The monitor dies on either side of each write of an edge, the app is well again before another
 * one starts, and then turns bad a second time: an outage that was recorded is acted on once, one
 * that was not is not invented, and the second is never lost.
 */
@RealCluster
class EdgeCrashTest {

  private final PlayedServer shop = new PlayedServer();

  @AfterEach
  void stop() {
    shop.close();
  }

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

  static Stream<Arguments> points() {
    return Stream.of(
        Arguments.of("before the record", RECORD, Side.BEFORE, 0),
        Arguments.of("after the record", RECORD, Side.AFTER, 1),
        Arguments.of("before the Remediation", CREATE, Side.BEFORE, 1),
        Arguments.of("after the Remediation", CREATE, Side.AFTER, 1),
        Arguments.of("before it is crossed out", CLEAR, Side.BEFORE, 1),
        Arguments.of("after it is crossed out", CLEAR, Side.AFTER, 1));
  }

  @ParameterizedTest(name = "killed {0}: {3} for the first outage")
  @MethodSource("points")
  void noOutageIsLostOrActedOnTwice(
      String name, Predicate<Request> at, Side side, int forTheFirst, TestCluster test)
      throws Exception {
    MonitorCluster cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
    shop.playing(state("ok"));
    cluster.createUrlApp("shop", shop.destination().url());
    Guillotine guillotine = new Guillotine(at, side);
    try (RunningMonitor first = start(cluster, guillotine)) {
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      shop.playing(state("bad"));
      MonitorCluster.patience().until(guillotine::hasFallen);
    }
    shop.playing(state("ok"));
    try (RunningMonitor second = start(cluster, Guillotine.never())) {
      int polls = shop.received().size();
      // It has seen that the app is well, and finished what it found.
      MonitorCluster.patience().until(() -> shop.received().size() >= polls + 2);
      MonitorCluster.patience()
          .untilAsserted(
              () -> {
                assertThat(cluster.remediations()).as(name).hasSize(forTheFirst);
                assertThat(cluster.status("shop").pendingOrEmpty()).isEmpty();
              });
      shop.playing(state("bad"));
      MonitorCluster.patience().until(() -> cluster.remediations().size() > forTheFirst);
      int more = shop.received().size();
      MonitorCluster.patience().until(() -> shop.received().size() >= more + 2);
      assertThat(cluster.remediations().stream().map(Remediation::getMetadata))
          .as(name)
          .hasSize(forTheFirst + 1);
      assertThat(cluster.status("shop").actionsExecuted()).isEqualTo(forTheFirst + 1);
      assertThat(second.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  private static RunningMonitor start(MonitorCluster cluster, Guillotine guillotine)
      throws Exception {
    ApiClient client = cluster.asMonitor();
    client.setHttpClient(
        client
            .getHttpClient()
            .newBuilder()
            .addInterceptor(guillotine)
            .retryOnConnectionFailure(false)
            .build());
    return RunningMonitor.start(cluster, GraphqlMonitorApplication.class, client);
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
