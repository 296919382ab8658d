// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.heal8s.core.http.secret.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedBodyFilterTest {
  private static final int MAX = 1000;

  @TempDir Path directory;
  private final TestServer.Refusals refusals = new TestServer.Refusals();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new TestServer(
            directory, new BoundedBodyFilter(BodyLimit.ofBytes(MAX), Clock.systemUTC(), refusals));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private static byte[] chunk(int length) {
    return (Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aBodyOfExactlyTheLimitComesThroughAndCanBeReadTwice() throws Exception {
    String answer = server.send("POST / HTTP/1.1\nHost: x\nContent-Length: 1000\n\n", bytes(MAX));

    assertThat(answer).startsWith("HTTP/1.1 202");
    assertThat(server.seen()).hasSize(1);
    assertThat(server.seen().getFirst().first()).isEqualTo("x".repeat(MAX));
    assertThat(server.seen().getFirst().second()).isEqualTo("x".repeat(MAX));
  }

  @Test
  void anAnnouncedLengthOverTheLimitIsRefusedBeforeAByteIsRead() throws Exception {
    // Not one byte of the body is sent; the answer comes all the same.
    String answer = server.send("POST / HTTP/1.1\nHost: x\nContent-Length: 1001\n\n", new byte[0]);

    assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    var problem = JsonParser.parseString(body).getAsJsonObject();
    assertThat(problem.get("status").getAsInt()).isEqualTo(413);
    assertThat(problem.get("title").getAsString()).isEqualTo("Content Too Large");
    assertThat(problem.get("detail").getAsString()).contains("1000 bytes");
    assertThat(server.seen()).isEmpty();
    assertThat(refusals.all()).containsExactly("413 Body");
  }

  @Test
  void chunksWithoutEndAreCutOffAtTheLimit() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (Socket socket = server.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = chunk(10_000);
      try {
        // A gigabyte, if the server took it.
        for (int i = 0; i < 100_000; i++) {
          out.write(chunk);
          sent.addAndGet(chunk.length);
        }
      } catch (IOException _) {
        // The server hung up, as it should.
      }
    }

    assertThat(sent).hasValueLessThan(100L << 20);
    assertThat(server.seen()).isEmpty();
    assertThat(refusals.all()).containsExactly("413 Body");
  }

  @Test
  void aSmallChunkedBodyComesThrough() throws Exception {
    String answer =
        server.send(
            "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n",
            "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    assertThat(answer).startsWith("HTTP/1.1 202");
    assertThat(server.seen().getFirst().first()).isEqualTo("abcde");
  }

  @Test
  void malformedChunksAreABadRequest() throws Exception {
    String answer =
        server.send(
            "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n",
            "nonsense\r\nabc\r\n".getBytes(StandardCharsets.US_ASCII));

    assertThat(answer).startsWith("HTTP/1.1 400").contains("malformed").doesNotContain("nonsense");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aBodyThatTakesTooLongIsARequestTimeout() {
    ManualClock clock = new ManualClock();
    BodyLimit limit = new BodyLimit(MAX, Duration.ofSeconds(10));
    InputStream drip =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            clock.advance(Duration.ofSeconds(3));
            target[offset] = 'x';
            return 1;
          }
        };

    assertThatThrownBy(() -> BoundedBody.read(drip, -1, limit, clock))
        .isInstanceOfSatisfying(
            BodyRefusedException.class, e -> assertThat(e.problem().status()).isEqualTo(408));
  }

  @Property(tries = 300)
  void readsEverythingUpToTheLimitAndNothingBeyond(
      @ForAll @IntRange(max = 40_000) int length, @ForAll @IntRange(min = 1, max = 40_000) int max)
      throws Exception {
    byte[] body = bytes(length);
    BodyLimit limit = BodyLimit.ofBytes(max);
    ManualClock clock = new ManualClock();

    if (length <= max) {
      assertThat(BoundedBody.read(new ByteArrayInputStream(body), -1, limit, clock))
          .isEqualTo(body);
      assertThat(BoundedBody.read(new ByteArrayInputStream(body), length, limit, clock))
          .isEqualTo(body);
    } else {
      ByteArrayInputStream in = new ByteArrayInputStream(body);
      assertThatThrownBy(() -> BoundedBody.read(in, -1, limit, clock))
          .isInstanceOf(BodyRefusedException.class);
    }
  }

  @Test
  void aLimitOutOfRangeSaysTheRange() {
    assertThatThrownBy(() -> BodyLimit.ofBytes(0)).hasMessageContaining("between 1 byte and 1 GiB");
    assertThatThrownBy(() -> BodyLimit.ofBytes(Long.MAX_VALUE)).hasMessageContaining("1 GiB");
    assertThatThrownBy(() -> new BodyLimit(1, Duration.ZERO)).hasMessageContaining("positive");
  }
}
