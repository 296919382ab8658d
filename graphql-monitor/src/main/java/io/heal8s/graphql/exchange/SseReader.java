// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2): lines end with CR, LF or both, an empty line
 * ends an event, and one that the end of the stream cuts is dropped.
 */
final class SseReader {

  /** An event is longer than what is read. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * One event.
   *
   * @param name empty if it has none
   * @param data its lines, joined by line feeds
   */
  record Event(String name, byte[] data) {}

  private final InputStream in;
  private final int maxBytes;
  private boolean afterReturn;
  private int length;

  /**
   * @param maxBytes of one event, names and comments included
   */
  SseReader(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in, 4096);
    this.maxBytes = maxBytes;
  }

  /** Waits for the next event; null at the end. */
  @Nullable Event next() throws IOException {
    String name = "";
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    boolean any = false;
    length = 0;
    for (byte[] line = line(); line != null; line = line()) {
      if (line.length == 0) {
        if (any) {
          return new Event(name, data.toByteArray());
        }
        length = 0;
        continue;
      }
      int colon = 0;
      while (colon < line.length && line[colon] != ':') {
        colon++;
      }
      int from = colon + 1 < line.length && line[colon + 1] == ' ' ? colon + 2 : colon + 1;
      switch (new String(line, 0, colon, StandardCharsets.UTF_8)) {
        case "event" -> {
          name = new String(rest(line, from), StandardCharsets.UTF_8);
          any = true;
        }
        case "data" -> {
          if (data.size() > 0) {
            data.write('\n');
          }
          data.writeBytes(rest(line, from));
          any = true;
        }
        default -> {
          if (!any) {
            // A comment is no part of an event.
            length = 0;
          }
        }
      }
    }
    return null;
  }

  private static byte[] rest(byte[] line, int from) {
    return from >= line.length ? new byte[0] : Arrays.copyOfRange(line, from, line.length);
  }

  private byte @Nullable [] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    for (int next = in.read(); next >= 0; next = in.read()) {
      boolean second = afterReturn && next == '\n';
      afterReturn = next == '\r';
      if (second) {
        continue;
      }
      if (next == '\n' || next == '\r') {
        return line.toByteArray();
      }
      line.write(next);
      if (++length > maxBytes) {
        throw new TooLongException();
      }
    }
    return null;
  }
}
