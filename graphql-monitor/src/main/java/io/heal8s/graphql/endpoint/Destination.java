// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import java.net.InetAddress;

/**
 * Where a request goes. Two equal destinations may share a kept-alive connection.
 *
 * @param tls whether the connection is encrypted
 * @param host name for the Host header and the certificate; an IPv6 address without brackets
 * @param address the vetted address that is connected to, whatever the name stands for by now
 * @param port 1 to 65535
 * @param path absolute path and query, beginning with a slash
 * @param source what the address was found by, for messages: a URL, a pod or a Service
 */
public record Destination(
    boolean tls, String host, InetAddress address, int port, String path, String source) {

  /** Value of the Host header; the port is left out where it is the scheme's own. */
  public String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  /** The address as a URL without its query, which may hold a token. */
  public String url() {
    int query = path.indexOf('?');
    return (tls ? "https://" : "http://")
        + authority()
        + (query < 0 ? path : path.substring(0, query));
  }

  /** Whether both may use one connection: everything but the path is the same. */
  public boolean sameConnection(Destination other) {
    return tls == other.tls
        && port == other.port
        && host.equals(other.host)
        && address.equals(other.address);
  }

  @Override
  public String toString() {
    return url();
  }
}
