// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.announce.AppNews;
import io.heal8s.graphql.api.ChangeLog;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.intent.Memory;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers of the GraphQL interface who are not as one would wish, on real sockets. */
@RealCluster
class ApiCallersTest {

  private final PlayedServer shop = new PlayedServer();
  private MonitorCluster cluster;

  @BeforeEach
  void install(TestCluster test) {
    cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
  }

  @AfterEach
  void stop() {
    cluster.deleteApps();
    shop.close();
  }

  private RunningMonitor start(String... settings) throws IOException {
    String[] all = new String[settings.length + 2];
    System.arraycopy(settings, 0, all, 2, settings.length);
    all[0] = "heal8s.graphql.api.enabled=true";
    all[1] = "heal8s.graphql.api.port=0";
    return RunningMonitor.start(cluster, all).awaitReady();
  }

  private RunningMonitor startReviewing(String account, String user) throws IOException {
    return start(
        "heal8s.kubernetes.kubeconfig=" + cluster.kubeconfigOf(account),
        "heal8s.graphql.api.auth.modes=token-review",
        "heal8s.graphql.api.auth.token-review.users=" + user);
  }

  private static int ask(RunningMonitor monitor, String token) throws Exception {
    try (ApiCaller caller = new ApiCaller(monitor.metricsPort(), token)) {
      return caller.ask("{ targetApps { totalCount } }").statusCode();
    }
  }

  /** The API server judges the tokens, under the rights that the chart gives for it. */
  @Test
  void aTokenOfTheClusterOpensForWhomItIsMeant() throws Exception {
    cluster.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: portal}}");
    cluster.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: stranger}}");
    String user = "system:serviceaccount:" + cluster.namespace() + ":portal";
    try (RunningMonitor monitor = startReviewing(cluster.installReviewing(user), user)) {
      assertThat(ask(monitor, cluster.token("portal", "heal8s"))).isEqualTo(200);
      assertThat(ask(monitor, cluster.token("portal", "somebody-else"))).isEqualTo(401);
      assertThat(ask(monitor, cluster.token("stranger", "heal8s"))).isEqualTo(403);
      assertThat(ask(monitor, "made.up.token")).isEqualTo(401);
      assertThat(monitor.getOnMetricsPort("/metrics").body())
          .contains("heal8s_graphql_api_refused_total{");
    }
    try (RunningMonitor without = startReviewing(MonitorCluster.ACCOUNT, user)) {
      assertThat(ask(without, cluster.token("portal", "heal8s")))
          .as("the chart gives the right only where tokens are to be reviewed")
          .isEqualTo(503);
    }
  }

  /** Whoever tells never waits for a socket that nobody reads, and the reader knows in the end. */
  @Test
  void aSubscriberThatDoesNotReadDelaysNobodyAndIsEnded() throws Exception {
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    cluster.createUrlApp("shop", shop.destination().url());
    try (RunningMonitor monitor = start("heal8s.graphql.api.auth.modes=none");
        Socket slow = new Socket()) {
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      ChangeLog log = monitor.bean(ChangeLog.class);
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), monitor.metricsPort()));
      subscribe(slow);
      MonitorCluster.patience().until(() -> log.subscribers() == 1);

      TargetApp app = cluster.app("shop");
      // More than any socket takes, and far more than may wait.
      int many = 4000;
      long before = System.nanoTime();
      for (int i = 0; i < many; i++) {
        tell(log, app, i);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
      int polls = shop.received().size();
      MonitorCluster.patience().until(() -> shop.received().size() > polls + 1);
      try (ApiCaller other = new ApiCaller(monitor.metricsPort(), null)) {
        assertThat(other.data("{ targetApps { totalCount } }").toString()).contains("1");
      }

      // Now it reads what was meant for it, and why that is all.
      slow.setSoTimeout(30_000);
      String told = readToTheEnd(slow.getInputStream());
      assertThat(told).contains("\"after\":").contains("reads more slowly than changes happen");
      assertThat(told.split("event:next", -1)).hasSizeLessThan(many);
      MonitorCluster.patience().until(() -> log.subscribers() == 0);
    }
  }

  private static void subscribe(Socket socket) throws IOException {
    String body = "{\"query\":\"subscription { changes { name fields { path before after } } }\"}";
    String head =
        """
        POST /graphql HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: application/json\r
        Accept: text/event-stream\r
        Connection: close\r
        Content-Length: %d\r
        \r
        """
            .formatted(body.length());
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
  }

  private static void tell(ChangeLog log, TargetApp app, int number) {
    ObjectKey key = ObjectKey.of(app.getMetadata());
    log.begins(key);
    log.ended(
        key,
        List.of(new AppNews.Happened(app, app, wide(number), wide(number + 1), Instant.EPOCH)));
  }

  /** Twenty fields of about two hundred characters, which all change. */
  private static Memory wide(int number) {
    JsonObject state = new JsonObject();
    for (int i = 0; i < 20; i++) {
      state.addProperty("field" + i, number + "x".repeat(200));
    }
    return new Memory(state, "digest " + number, 0, null);
  }

  private static String readToTheEnd(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
