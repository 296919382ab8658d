// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that no log, event, status, exception or {@code toString} shows.
 *
 * <p>Comparing two secrets takes the same time whatever they hold, as long as their lengths are
 * equal.
 */
public final class Secret {
  // Transient so that serialisers that look at fields (Gson among them) leave it out.
  private final transient byte[] value;

  private Secret(byte[] value) {
    this.value = value;
  }

  /**
   * Wraps a text.
   *
   * @param value the secret text, taken as UTF-8 where bytes are needed
   * @return the secret
   */
  public static Secret of(String value) {
    return new Secret(value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Hands out the text. Call it only where the value leaves for the system that it is meant for.
   *
   * @return the text
   */
  public String reveal() {
    return new String(value, StandardCharsets.UTF_8);
  }

  /**
   * Hands out the bytes, under the same condition as {@link #reveal()}.
   *
   * @return a copy
   */
  public byte[] revealBytes() {
    return value.clone();
  }

  /**
   * How long the secret is.
   *
   * @return number of UTF-8 bytes
   */
  public int length() {
    return value.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(value, that.value);
  }

  /** Tells nothing about the value but its length, so that it may be printed. */
  @Override
  public int hashCode() {
    return value.length;
  }

  @Override
  public String toString() {
    return Redactor.MASK;
  }
}
