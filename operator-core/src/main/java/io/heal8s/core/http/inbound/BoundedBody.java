// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

import io.heal8s.core.http.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/** Reads a body into memory, up to a limit. */
public final class BoundedBody {
  private static final int FIRST_BUFFER = 8 * 1024;

  private BoundedBody() {}

  /**
   * Reads to the end.
   *
   * @param in the body; not closed
   * @param declaredLength what the caller announced, -1 if nothing (chunked transfer)
   * @param limit how much, for how long
   * @param clock measures the time
   * @return the whole body
   * @throws BodyRefusedException with status 413 as soon as the body is known to be over the limit,
   *     at once if the announced length is; with 408 if it takes too long; with 400 if the transfer
   *     breaks
   */
  public static byte[] read(
      InputStream in, long declaredLength, BodyLimit limit, InstantSource clock)
      throws BodyRefusedException {
    if (declaredLength > limit.maxBytes()) {
      throw tooLarge(limit);
    }
    Instant deadline = clock.instant().plus(limit.maxTime());
    // What is announced is no reason to reserve memory: it follows what really came.
    byte[] buffer = new byte[(int) Math.min(limit.maxBytes() + 1L, FIRST_BUFFER)];
    int length = 0;
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer, length, buffer.length - length)) {
        length += n;
        if (length > limit.maxBytes()) {
          throw tooLarge(limit);
        }
        if (clock.instant().isAfter(deadline)) {
          throw tooSlow(limit);
        }
        if (length == buffer.length) {
          // One byte more than the limit is room enough to notice that there is more.
          buffer = Arrays.copyOf(buffer, (int) Math.min(limit.maxBytes() + 1L, 2L * length));
        }
      }
    } catch (BodyRefusedException e) {
      throw e;
    } catch (IOException e) {
      throw broken(e);
    }
    return Arrays.copyOf(buffer, length);
  }

  private static BodyRefusedException tooLarge(BodyLimit limit) {
    return new BodyRefusedException(
        Problem.contentTooLarge(
            "The body is larger than the %d bytes that are read here; send less at once."
                .formatted(limit.maxBytes())));
  }

  private static BodyRefusedException tooSlow(BodyLimit limit) {
    return new BodyRefusedException(
        Problem.requestTimeout(
            "The body did not arrive within %d s.".formatted(limit.maxTime().toSeconds())));
  }

  private static BodyRefusedException broken(IOException cause) {
    BodyRefusedException refused =
        new BodyRefusedException(
            Problem.badRequest("The body broke off or its transfer encoding is malformed."));
    refused.initCause(cause);
    return refused;
  }
}
