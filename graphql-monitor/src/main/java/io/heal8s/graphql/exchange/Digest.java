// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of an answer, by which the same one is recognised. */
final class Digest {

  private Digest() {}

  static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
