// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.decide.TraceParent;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives each delivery its place in a trace (W3C Trace Context): a sender's trace goes on, a
 * delivery without one begins a new one, so that everything up to the proof can be found by one id.
 */
public final class TraceParents {

  private final LongSupplier random;

  /**
   * Ids from a source of random numbers.
   *
   * @param random any long; used by many threads at once
   */
  public TraceParents(LongSupplier random) {
    this.random = random;
  }

  /**
   * The traceparent of a delivery.
   *
   * @param header what the sender sent; null or malformed begins a new trace, which is sampled
   */
  public String continueFrom(@Nullable String header) {
    if (header != null && TraceParent.isValid(header)) {
      return header;
    }
    HexFormat hex = HexFormat.of();
    return "00-"
        + hex.toHexDigits(nonZero())
        + hex.toHexDigits(nonZero())
        + "-"
        + hex.toHexDigits(nonZero())
        + "-01";
  }

  private long nonZero() {
    long value = random.getAsLong();
    return value == 0 ? 1 : value;
  }
}
