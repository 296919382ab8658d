// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Who a program is when it asks for a state.
 *
 * @param name user of the basic authentication
 * @param password password of it
 */
public record Credential(String name, String password) {

  /** What is kept of the password: SHA-256 in hexadecimal digits; it is random and long. */
  public String digest() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "Credential[" + name + "]";
  }
}
