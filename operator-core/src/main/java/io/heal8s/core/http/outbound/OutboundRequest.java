// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import io.heal8s.core.http.address.AddressPolicy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to somebody else's address. Nothing is checked here: whatever is wrong with it
 * becomes a {@link OutboundResult.Refused}, because method, address and headers may come from a
 * user's object.
 */
public final class OutboundRequest {
  /**
   * A header line.
   *
   * @param name its name
   * @param value its value
   */
  public record Header(String name, String value) {
    /** Leaves the value out: it may hold a token. */
    @Override
    public String toString() {
      return name;
    }
  }

  private final String method;
  private final URI uri;
  private final List<Header> headers;
  private final byte @Nullable [] body;
  private final @Nullable InetSocketAddress clusterAddress;
  private final @Nullable Duration longest;
  private final boolean configured;

  private OutboundRequest(
      String method,
      URI uri,
      List<Header> headers,
      byte @Nullable [] body,
      @Nullable InetSocketAddress clusterAddress,
      @Nullable Duration longest,
      boolean configured) {
    this.method = method;
    this.uri = uri;
    this.headers = List.copyOf(headers);
    this.body = body;
    this.clusterAddress = clusterAddress;
    this.longest = longest;
    this.configured = configured;
  }

  /**
   * A request without headers and body.
   *
   * @param method GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS
   * @param uri absolute, without user name and password
   * @return the request
   */
  public static OutboundRequest of(String method, URI uri) {
    return new OutboundRequest(method, uri, List.of(), null, null, null, false);
  }

  /**
   * The same request with one header line more.
   *
   * @param name name
   * @param value value
   * @return a new request
   */
  public OutboundRequest header(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new OutboundRequest(method, uri, more, body, clusterAddress, longest, configured);
  }

  /**
   * The same request with a body.
   *
   * @param contentType media type of the body
   * @param bytes the body, copied
   * @return a new request
   */
  public OutboundRequest body(String contentType, byte[] bytes) {
    return new OutboundRequest(
            method, uri, headers, bytes.clone(), clusterAddress, longest, configured)
        .header("Content-Type", contentType);
  }

  /**
   * The same request, sent to an address that the caller has read from the API server: that of a
   * ready pod in the namespace of the object that asks. No name is resolved, any port may be
   * called, and no CIDR has to be listed unless the address is this machine's, link-local or a
   * metadata service. The URI still gives the Host header and the name in the certificate.
   *
   * @param address the address as the API server gave it, and the port there, which may be another
   *     than the URI's
   * @return a new request
   */
  public OutboundRequest toClusterAddress(InetSocketAddress address) {
    return new OutboundRequest(method, uri, headers, body, address, longest, configured);
  }

  /**
   * The same request, to an address that a setting of this service's deployer names, with at most a
   * path added to it. Its scheme (http or https), its port and an address of one's own network or
   * of this machine are what the deployer wants; the name is resolved once and vetted all the same,
   * and link-local addresses and metadata services have to be listed.
   *
   * @return a new request
   */
  public OutboundRequest toConfiguredAddress() {
    return new OutboundRequest(method, uri, headers, body, clusterAddress, longest, true);
  }

  /**
   * The same request, given up earlier than the client would.
   *
   * @param longest longest time for everything; the client's own total still holds
   * @return a new request
   */
  public OutboundRequest within(Duration longest) {
    return new OutboundRequest(method, uri, headers, body, clusterAddress, longest, configured);
  }

  /**
   * The method.
   *
   * @return as given
   */
  public String method() {
    return method;
  }

  /**
   * Where to.
   *
   * @return as given
   */
  public URI uri() {
    return uri;
  }

  /**
   * The header lines.
   *
   * @return in the order in which they were added
   */
  public List<Header> headers() {
    return headers;
  }

  /** The time for everything, given what the client allows. */
  Duration total(Duration allowed) {
    return longest == null || longest.compareTo(allowed) > 0 ? allowed : longest;
  }

  Optional<byte[]> body() {
    return Optional.ofNullable(body);
  }

  Optional<InetSocketAddress> clusterAddress() {
    return Optional.ofNullable(clusterAddress);
  }

  /** Who named the address. */
  AddressPolicy.Source source() {
    if (clusterAddress != null) {
      return AddressPolicy.Source.API_SERVER;
    }
    return configured ? AddressPolicy.Source.DEPLOYER : AddressPolicy.Source.ANYONE;
  }

  /** Method, scheme, host and port: path and query may hold a token. */
  @Override
  public String toString() {
    return method + " " + uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort();
  }
}
