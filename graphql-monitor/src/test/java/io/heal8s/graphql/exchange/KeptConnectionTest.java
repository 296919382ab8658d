// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.runtime.SystemScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a request has of the one before on the same connection. */
class KeptConnectionTest {

  private final SystemScheduler scheduler = new SystemScheduler();
  private final PlayedServer server = new PlayedServer();
  private final GraphQlClient client = new GraphQlClient(scheduler, 64 * 1024, 16);
  private final GraphQlClient.Channel channel = new GraphQlClient.Channel();

  @AfterEach
  void stop() {
    channel.close();
    server.close();
    scheduler.close();
  }

  private Answer ask(Duration timeout) {
    return client.ask(
        channel,
        server.destination(),
        HttpCall.of("{}"),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        timeout);
  }

  /** An edit may give an app more time; its connection is the same. */
  @Test
  void itsTimeIsItsOwn() {
    Duration little = Duration.ofMillis(500);
    server.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    assertThat(ask(little)).isInstanceOf(Answer.State.class);

    PlayedServer.Answering late = PlayedServer.json("{\"data\":{\"health\":\"late\"}}");
    server.playing(
        out -> {
          waitFor(little.multipliedBy(2));
          late.answer(out);
        });
    assertThat(ask(Duration.ofSeconds(20))).isInstanceOf(Answer.State.class);
    assertThat(server.connections()).isEqualTo(1);
  }

  private static void waitFor(Duration time) throws IOException {
    try {
      new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException(stopping);
    }
  }
}
