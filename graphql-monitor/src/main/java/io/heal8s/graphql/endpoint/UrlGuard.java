// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.address.HostName;
import io.heal8s.core.http.outbound.NameResolver;
import io.heal8s.graphql.endpoint.Found.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Vets absolute URLs by the rules of every call that leaves the suite: scheme and port on their
 * lists, the name resolved once, and if one of several addresses is not allowed, none is used.
 *
 * @param schemes {@code http}, {@code https}
 * @param ports ports that may be called; empty for all
 * @param policy which addresses may be called
 * @param resolver finds the addresses behind names
 */
public record UrlGuard(
    Set<String> schemes, Set<Integer> ports, AddressPolicy policy, NameResolver resolver) {

  public UrlGuard {
    schemes = Set.copyOf(schemes);
    ports = Set.copyOf(ports);
  }

  Found find(String url) {
    URI uri;
    try {
      uri = new URI(new URI(url.strip()).toASCIIString());
    } catch (URISyntaxException malformed) {
      return invalid("graphqlEndpoint is no URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme)) {
      return refused(
          "graphqlEndpoint must begin with one of " + schemes.stream().sorted().toList());
    }
    if (uri.getRawUserInfo() != null) {
      return invalid(
          "graphqlEndpoint holds a user name or password; send them by headers from a Secret");
    }
    if (uri.getHost() == null) {
      return invalid("graphqlEndpoint has no host");
    }
    boolean tls = scheme.equals("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    if (port < 1 || port > 65535 || (!ports.isEmpty() && !ports.contains(port))) {
      return refused(
          "port %d of graphqlEndpoint is not one of the allowed ports %s"
              .formatted(port, ports.stream().sorted().toList()));
    }
    return switch (HostName.parse(uri.getHost())) {
      case HostName.Invalid(String problem) ->
          invalid("the host of graphqlEndpoint cannot be used: " + problem);
      case HostName.Literal(InetAddress address) ->
          vetted(uri, tls, port, bare(uri.getHost()), List.of(address));
      case HostName.Name(String name) -> resolved(uri, tls, port, name);
    };
  }

  private Found resolved(URI uri, boolean tls, int port, String name) {
    try {
      List<InetAddress> addresses = resolver.resolve(name);
      return addresses.isEmpty() ? unknown(name) : vetted(uri, tls, port, name, addresses);
    } catch (UnknownHostException nowhere) {
      return unknown(name);
    }
  }

  private Found vetted(URI uri, boolean tls, int port, String host, List<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      Optional<String> objection = policy.objection(address, AddressPolicy.Source.ANYONE);
      if (objection.isPresent()) {
        return refused("graphqlEndpoint: " + objection.get());
      }
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    return new Found.At(
        List.of(new Destination(tls, host, addresses.getFirst(), port, target, "url")));
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Found unknown(String name) {
    return new Found.NotYet(
        Reason.NameNotResolved, "the host name " + name + " cannot be resolved");
  }

  private static Found invalid(String message) {
    return new Found.Never(Reason.EndpointInvalid, message);
  }

  private static Found refused(String message) {
    return new Found.Never(Reason.EndpointNotAllowed, message);
  }
}
