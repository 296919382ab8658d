// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A bearer token for one run. */
final class WebhookToken {

  private static final int BYTES = 24;

  private WebhookToken() {}

  static String random() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
