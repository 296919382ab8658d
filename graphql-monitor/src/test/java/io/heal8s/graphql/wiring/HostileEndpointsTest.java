// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Endpoints that do everything wrong that one can, all at once beside one that does nothing wrong,
 * under the rights of the chart: each is shown with what is wrong, none harms another.
 */
@RealCluster
class HostileEndpointsTest {

  private final CountDownLatch over = new CountDownLatch(1);
  private final Map<String, PlayedServer> servers = new LinkedHashMap<>();
  private MonitorCluster cluster;

  @BeforeEach
  void install(TestCluster test) {
    cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
  }

  @AfterEach
  void stop() {
    over.countDown();
    cluster.deleteApps();
    servers.values().forEach(PlayedServer::close);
  }

  /** What is done, and the reason that is shown. */
  private Map<String, Map.Entry<String, PlayedServer.Answering>> deeds() {
    Map<String, Map.Entry<String, PlayedServer.Answering>> deeds = new LinkedHashMap<>();
    String chunked =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
    deeds.put(
        "endless-body", Map.entry("ResponseTooLarge", out -> forever(out, chunked, chunk, 0)));
    deeds.put(
        "ten-megabytes",
        Map.entry(
            "ResponseTooLarge",
            PlayedServer.json("{\"data\":{\"health\":\"" + "x".repeat(10 << 20) + "\"}}")));
    deeds.put(
        "redirect",
        Map.entry(
            "Redirected",
            out ->
                write(
                    out,
                    "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")));
    deeds.put(
        "slow-drip",
        Map.entry(
            "TimedOut",
            out ->
                forever(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n",
                    " ",
                    50)));
    deeds.put("invalid-json", Map.entry("NotJson", PlayedServer.json("{\"data\":{\"health\":")));
    deeds.put("no-graphql", Map.entry("NotGraphQl", PlayedServer.json("[1,2]")));
    deeds.put(
        "wrong-content-type",
        Map.entry("NotJson", PlayedServer.http(200, "text/plain", "{\"data\":{\"health\":1}}")));
    deeds.put(
        "html-error-page",
        Map.entry("ServerFailed", PlayedServer.http(502, "text/html", "<h1>Bad gateway</h1>")));
    deeds.put(
        "too-deep",
        Map.entry(
            "ResponseTooDeep",
            PlayedServer.json("{\"data\":" + "{\"a\":".repeat(500) + "1" + "}".repeat(501))));
    deeds.put(
        "no-http", Map.entry("ProtocolViolated", out -> write(out, "SSH-2.0-OpenSSH_9.9\r\n\r\n")));
    return deeds;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void forever(OutputStream out, String head, String part, long pauseMs)
      throws IOException {
    write(out, head);
    byte[] bytes = part.getBytes(StandardCharsets.US_ASCII);
    try {
      while (!over.await(pauseMs, TimeUnit.MILLISECONDS)) {
        out.write(bytes);
        out.flush();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void eachIsShownAndNoneHarmsAnother() throws Exception {
    Map<String, Map.Entry<String, PlayedServer.Answering>> deeds = deeds();
    deeds.forEach(
        (name, deed) -> {
          servers.put(name, new PlayedServer().playing(deed.getValue()));
          cluster.createUrlApp(name, servers.get(name).destination().url());
        });
    PlayedServer good = new PlayedServer();
    good.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    servers.put("good", good);
    cluster.createUrlApp("good", good.destination().url());
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady()) {
      deeds.forEach(
          (name, deed) ->
              MonitorCluster.patience()
                  .untilAsserted(() -> assertThat(reason(name)).as(name).isEqualTo(deed.getKey())));
      assertThat(cluster.status("good").state()).isEqualTo(State.Monitoring);
      int polls = good.received().size();
      good.playing(PlayedServer.json("{\"data\":{\"health\":\"bad\"}}"));
      MonitorCluster.patience().until(() -> cluster.remediations().size() == 1);
      MonitorCluster.patience().until(() -> good.received().size() >= polls + 3);

      assertThat(cluster.remediations()).as("nobody else asked for anything").hasSize(1);
      assertThat(monitor.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  private String reason(String name) {
    TargetAppStatus status = cluster.status(name);
    return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
        .filter(condition -> condition.type().equals("Ready"))
        .map(Condition::reason)
        .findFirst()
        .orElse("");
  }
}
