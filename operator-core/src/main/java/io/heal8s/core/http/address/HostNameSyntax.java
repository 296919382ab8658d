// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** The grammar of {@link HostName}. */
final class HostNameSyntax {
  static final int MAX_NAME = 253;

  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  static final Pattern DOTTED_QUAD = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  /** What a resolver might take for a number; {@code 0x} alone is zero for some. */
  static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
  static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*+");

  private HostNameSyntax() {}

  static InetAddress ipv4(String dottedQuad) {
    String[] parts = dottedQuad.split("\\.", -1);
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Addresses.of(bytes);
  }

  static HostName ipv6(String bracketed) {
    String inner = bracketed.endsWith("]") ? bracketed.substring(1, bracketed.length() - 1) : "";
    // A zone names an interface of this machine; no address that others give us may do that.
    if (inner.isEmpty() || inner.indexOf('%') >= 0 || inner.indexOf('[') >= 0) {
      return notIpv6();
    }
    try {
      return new HostName.Literal(Addresses.of(Inet6Address.ofLiteral(inner).getAddress()));
    } catch (IllegalArgumentException _) {
      return notIpv6();
    }
  }

  private static HostName notIpv6() {
    return new HostName.Invalid("it is no IPv6 address");
  }
}
