// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.heal8s.graphql.exchange.Answer;
import io.heal8s.graphql.exchange.StateStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream is read no further than may be kept. */
class FeedTest {

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  /** Tells as many states of a size as anybody takes. */
  private static final class Endless implements StateStream {
    final AtomicInteger told = new AtomicInteger();
    private final int bytes;

    Endless(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public Event next() {
      told.incrementAndGet();
      return new Event.Told(new Answer.State(new JsonObject(), List.of(), bytes));
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest(name = "of {0} bytes {1} are read")
  @CsvSource({"100, 17", "100000, 3", "1000000, 2"})
  void itIsFull(int bytes, int read) {
    Endless stream = new Endless(bytes);
    Feed feed = Feed.begin(stream, executor, Clock.systemUTC(), () -> {});
    await()
        .atMost(Duration.ofSeconds(20))
        .during(Duration.ofMillis(200))
        .until(() -> stream.told.get() == read);
    assertThat(feed.take()).isNotNull();
    await().atMost(Duration.ofSeconds(20)).until(() -> stream.told.get() == read + 1);
    feed.close();
  }
}
