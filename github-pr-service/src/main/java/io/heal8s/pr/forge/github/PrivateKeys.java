// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Reads RSA private keys in PEM: PKCS#1, as GitHub hands them out, and PKCS#8, as other tools write
 * them. The JDK reads only the second, in which the first is wrapped (RFC 5208, section 5).
 */
final class PrivateKeys {

  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String PKCS8 = "PRIVATE KEY";

  /** version 0, algorithm rsaEncryption without parameters. */
  private static final byte[] WRAPPING = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private PrivateKeys() {}

  /**
   * Reads a key.
   *
   * @throws GeneralSecurityException when the text is none; the message tells nothing of the text
   */
  static PrivateKey read(String pem) throws GeneralSecurityException {
    if (pem.contains("-----BEGIN " + PKCS1 + "-----")) {
      return key(wrapped(between(pem, PKCS1)));
    }
    if (pem.contains("-----BEGIN " + PKCS8 + "-----")) {
      return key(between(pem, PKCS8));
    }
    throw new InvalidKeySpecException("it is no PEM file with a private key of RSA");
  }

  private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] between(String pem, String what) throws InvalidKeySpecException {
    String begin = "-----BEGIN " + what + "-----";
    int from = pem.indexOf(begin) + begin.length();
    int to = pem.indexOf("-----END " + what + "-----", from);
    if (to < 0) {
      throw new InvalidKeySpecException("the PEM file is cut off");
    }
    try {
      return Base64.getMimeDecoder().decode(pem.substring(from, to));
    } catch (IllegalArgumentException _) {
      throw new InvalidKeySpecException("the PEM file is damaged");
    }
  }

  private static byte[] wrapped(byte[] pkcs1) {
    byte[] octets = tagged(0x04, pkcs1);
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(WRAPPING);
    inner.writeBytes(octets);
    return tagged(0x30, inner.toByteArray());
  }

  /** Tag, length in the long form of DER where it is needed, content. */
  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
