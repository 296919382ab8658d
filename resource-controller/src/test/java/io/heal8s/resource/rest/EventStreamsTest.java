// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.auth.Authentication;
import io.heal8s.resource.store.EventLog;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private Runnable whileListening = () -> {};
  private final EventStreams streams = new EventStreams(new Silent(), Authentication.NONE, 1);

  EventStreamsTest() {
    // A stream that has ended lets its listener go after the first line.
    streams.close();
  }

  private void listen() {
    try {
      streams.send(
          answering(HttpServletRequest.class, "getMethod", "GET"),
          answering(HttpServletResponse.class, "getOutputStream", new Out()),
          new EventSelection(EventLog.Filter.ALL, Caller.ANYBODY, EventSelection.Of.ANY),
          0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneTooManyComesBackLaterAndAPlaceIsFreeAgainAfterItsListener() {
    whileListening =
        () ->
            assertThatThrownBy(this::listen)
                .isInstanceOfSatisfying(
                    ApiException.class,
                    refused -> {
                      assertThat(refused.status()).isEqualTo(503);
                      assertThat(refused.headers()).containsEntry("Retry-After", "10");
                    });
    listen();
    whileListening = () -> {};
    listen();
    assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo("retry: 1000\n\n".repeat(2));
  }

  private static <T> T answering(Class<T> type, String method, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, called, _) -> called.getName().equals(method) ? answer : null));
  }

  /** Keeps what is sent. */
  private final class Out extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(@Nullable WriteListener listener) {}

    @Override
    public void write(int value) {
      sent.write(value);
    }
  }

  /** Nothing ever happens. */
  private final class Silent implements EventLog {
    @Override
    public long newest() {
      return 0;
    }

    @Override
    public long oldest() {
      return 1;
    }

    @Override
    public Batch read(long after, Filter filter, int limit) {
      return new Batch(List.of(), after);
    }

    @Override
    public Subscription subscribe(Runnable wake) {
      whileListening.run();
      return () -> {};
    }
  }
}
