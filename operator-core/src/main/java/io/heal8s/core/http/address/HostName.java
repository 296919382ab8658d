// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import java.net.InetAddress;
import java.util.Locale;

/**
 * The host of a URI, told apart into an address and a name without asking any resolver.
 *
 * <p>Resolvers disagree about {@code 2130706433}, {@code 0x7f.1}, {@code 127.1} and {@code
 * 0177.0.0.1}: what a filter takes for a name, the connecting side takes for this machine. So a
 * host whose last label is a number is either four plain decimal numbers or {@link Invalid} (the
 * rule "ends in a number" of the WHATWG URL standard, but stricter: nothing is converted).
 */
public sealed interface HostName {
  /**
   * An address.
   *
   * @param address never a name; IPv4-mapped IPv6 has become IPv4
   */
  record Literal(InetAddress address) implements HostName {}

  /**
   * A name for a resolver.
   *
   * @param name lower case, without the trailing dot
   */
  record Name(String name) implements HostName {}

  /**
   * Neither.
   *
   * @param problem what is wrong with it, fit for a message
   */
  record Invalid(String problem) implements HostName {}

  /**
   * Reads a host as {@link java.net.URI#getHost()} gives it.
   *
   * @param host IPv6 in square brackets
   * @return what it is
   */
  static HostName parse(String host) {
    if (host.startsWith("[")) {
      return HostNameSyntax.ipv6(host);
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (HostNameSyntax.DOTTED_QUAD.matcher(name).matches()) {
      return new Literal(HostNameSyntax.ipv4(name));
    }
    String lastLabel = name.substring(name.lastIndexOf('.') + 1);
    if (HostNameSyntax.NUMBER.matcher(lastLabel).matches()) {
      return new Invalid(
          "an IPv4 address is written as four decimal numbers without leading zeros");
    }
    if (name.length() > HostNameSyntax.MAX_NAME || !HostNameSyntax.NAME.matcher(name).matches()) {
      return new Invalid("it is neither a host name nor an IP address");
    }
    return new Name(name);
  }
}
