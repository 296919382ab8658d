// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.heal8s.resource.store.postgres.ConnectionSettings;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import jakarta.mail.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Two processes on one database, a Slack and a mail server that are played here. */
@ExtendWith(PostgresExtension.class)
class NotificationsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> channel = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private HttpServer slack;
  private GreenMail mail;
  private RunningService one;
  private RunningService two;

  @BeforeEach
  void start(SharedPostgres postgres) throws IOException {
    slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slack.createContext(
        "/services/T0/B0/secret",
        exchange -> {
          String text =
              JsonMapper.shared()
                  .readTree(exchange.getRequestBody().readAllBytes())
                  .path("text")
                  .asString("");
          boolean refused = refusals.getAndDecrement() > 0;
          if (!refused) {
            channel.add(text);
          }
          exchange.sendResponseHeaders(refused ? 503 : 200, -1);
          exchange.close();
        });
    slack.start();
    ServerSetup server = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    server.setServerStartupTimeout(PATIENCE.toMillis());
    mail = new GreenMail(server);
    mail.setUser("robot", "robot", "pass word");
    mail.start();
    ConnectionSettings database = postgres.empty(2, 10);
    one = service(database);
    two = service(database);
    one.call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"));
  }

  @AfterEach
  void stop() {
    two.close();
    one.close();
    mail.stop();
    slack.stop(0);
  }

  private RunningService service(ConnectionSettings database) {
    int port = slack.getAddress().getPort();
    return RunningService.start(
        database,
        "AUTH=none",
        "ENABLED_ACTION_PLUGINS=test",
        "BACKOFF_BASE_DELAY=0.1",
        "BACKOFF_MAX_DELAY=0.1",
        "NOTIFY_GATHER=0.05",
        "SLACK_WEBHOOK_URL=http://127.0.0.1:" + port + "/services/T0/B0/secret",
        "SMTP_HOST=127.0.0.1",
        "SMTP_PORT=" + mail.getSmtp().getPort(),
        "SMTP_SECURITY=none",
        "SMTP_USERNAME=robot",
        "SMTP_PASSWORD=pass word",
        "MAIL_FROM=heal8s@example.org",
        "MAIL_TO=ops@example.org, night@example.org");
  }

  private long broken(String why) {
    Answer answer =
        one.call(
            "POST",
            "/api/v1/resources",
            ContractTest.resource("production-pg", ContractTest.SPEC)
                .replace("\"spec\":", "\"plugin_config\":{\"fail\":\"" + why + "\"},\"spec\":"));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json().path("id").asLong();
  }

  @Test
  void aFailureIsToldOnceByEachWayAndSoIsItsEnd() throws Exception {
    long id = broken("no <disk> & no @channel");
    String path = "/api/v1/resources/" + id;
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(channel).isNotEmpty());
    await()
        .atMost(PATIENCE)
        .until(() -> one.call("GET", path + "/history?limit=100", null).json().size() >= 5);
    await().atMost(PATIENCE).until(() -> mail.getReceivedMessages().length >= 2);

    assertThat(channel)
        .as("five attempts failed, and it was told once")
        .containsExactly(
            ":x: DatabaseCluster/v1 production-pg failed: no &lt;disk&gt; &amp; no @channel");
    assertThat(mail.getReceivedMessages()).as("one message to two people").hasSize(2);
    Message first = mail.getReceivedMessages()[0];
    assertThat(first.getSubject()).isEqualTo("heal8s: production-pg failed");
    assertThat(first.getAllRecipients()).hasSize(2);
    assertThat(GreenMailUtil.getBody(first))
        .contains("DatabaseCluster/v1 production-pg failed: no <disk> & no @channel");

    assertThat(one.call("PUT", path, "{\"plugin_config\":{}}").status()).isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .until(() -> channel.size() > 1 && mail.getReceivedMessages().length >= 4);
    assertThat(channel.getLast())
        .isEqualTo(":white_check_mark: DatabaseCluster/v1 production-pg is ready again");
    assertThat(mail.getReceivedMessages())
        .extracting(Message::getSubject)
        .containsExactlyInAnyOrder(
            "heal8s: production-pg failed",
            "heal8s: production-pg failed",
            "heal8s: production-pg is ready again",
            "heal8s: production-pg is ready again");
  }

  @Test
  void whatSlackDoesNotTakeIsToldLaterAndMailDoesNotWaitForIt() {
    refusals.set(2);
    broken("no disk");
    await().atMost(PATIENCE).until(() -> mail.getReceivedMessages().length == 2);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(channel).hasSize(1));
    assertThat(refusals.get()).isNegative();
  }

  @Test
  void aProcessThatEndsLeavesItsTurnToTheOther() {
    two.close();
    broken("no disk");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(channel).hasSize(1));
  }
}
