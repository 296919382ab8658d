// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import java.net.URI;
import java.util.Locale;

/**
 * Where an address leads: what is sent there is read by one and the same.
 *
 * @param scheme lower case
 * @param host lower case
 * @param port the scheme's own where none is named
 */
record Origin(String scheme, String host, int port) {

  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  /** The origin of an absolute address with a host. */
  static Origin of(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? HTTPS : HTTP;
    return new Origin(
        scheme,
        String.valueOf(address.getHost()).toLowerCase(Locale.ROOT),
        address.getPort() == -1 ? usual : address.getPort());
  }
}
