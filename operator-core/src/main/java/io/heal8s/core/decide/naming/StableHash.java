// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.naming;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over a sequence of values. Every value carries its length, so that no two different
 * sequences are the same bytes ({@code ab,c} is not {@code a,bc}); null is not the empty text.
 */
public final class StableHash {

  private static final int ABSENT = -1;

  private final MessageDigest digest;
  private final ByteBuffer word = ByteBuffer.allocate(Long.BYTES);

  /** An empty sequence. */
  public StableHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Appends a text. */
  public StableHash text(@Nullable String value) {
    if (value == null) {
      return number(ABSENT);
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Appends a number. */
  public StableHash number(long value) {
    digest.update(word.clear().putLong(value).array());
    return this;
  }

  /** Appends a point in time, to the nanosecond. */
  public StableHash instant(@Nullable Instant value) {
    if (value == null) {
      return number(ABSENT);
    }
    return number(Long.BYTES + Integer.BYTES)
        .number(value.getEpochSecond())
        .number(value.getNano());
  }

  /**
   * The hash of what was appended; starts a new sequence.
   *
   * @param digits how many lower-case hex digits, 1 to 64
   */
  public String hex(int digits) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, digits);
  }
}
