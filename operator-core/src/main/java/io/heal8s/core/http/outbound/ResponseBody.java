// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import java.nio.charset.StandardCharsets;

/** The body of an answer, within the size that the settings allow. Prints its size only. */
public final class ResponseBody {
  private final byte[] bytes;

  /**
   * A body of these bytes.
   *
   * @param bytes taken as they are; nobody may change them afterwards
   */
  public ResponseBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The body as it was sent.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The body as text.
   *
   * @return the body read as UTF-8
   */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * How large it is.
   *
   * @return number of bytes
   */
  public int length() {
    return bytes.length;
  }

  /** An answer never gets into a log by accident. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
