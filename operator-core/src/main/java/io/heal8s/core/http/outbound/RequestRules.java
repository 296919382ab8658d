// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.address.HostName;
import io.heal8s.core.http.outbound.OutboundResult.RefusalReason;
import io.heal8s.core.http.outbound.OutboundResult.Refused;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be said of a request before any name is resolved. Pure. */
record RequestRules(OutboundSettings settings) {
  /** A request that broke no rule yet, taken apart. */
  record Destination(String scheme, String host, HostName name, int port) {
    /** An IPv6 address without its brackets. */
    String bareHost() {
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** For messages: enough to find the place, too little to hold a secret. */
    @Override
    public String toString() {
      return scheme + "://" + host + ":" + port;
    }
  }

  /** Either side of the check. */
  sealed interface Verdict {
    record Passed(Destination destination) implements Verdict {}

    record Broken(Refused refused) implements Verdict {}
  }

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

  /**
   * No line ends and no control characters: they would begin a header or a request of their own.
   */
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]{0,8192}");

  /** They describe the connection, which is ours. */
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "accept-encoding");

  Verdict check(OutboundRequest request) {
    return badMethod(request)
        .or(() -> badHeader(request.headers()))
        .<Verdict>map(Verdict.Broken::new)
        .orElseGet(() -> checkUri(request.uri(), request.source()));
  }

  private static Optional<Refused> badMethod(OutboundRequest request) {
    return METHODS.contains(request.method())
        ? Optional.empty()
        : Optional.of(
            new Refused(
                RefusalReason.MethodNotAllowed, "the method must be one of " + sorted(METHODS)));
  }

  private static Optional<Refused> badHeader(List<OutboundRequest.Header> headers) {
    for (OutboundRequest.Header header : headers) {
      if (!TOKEN.matcher(header.name()).matches() || !VALUE.matcher(header.value()).matches()) {
        return Optional.of(
            new Refused(
                RefusalReason.HeaderNotAllowed,
                "a header's name or value has characters that are not allowed in headers, or is"
                    + " too long"));
      }
      if (OURS.contains(header.name().toLowerCase(Locale.ROOT))) {
        return Optional.of(
            new Refused(
                RefusalReason.HeaderNotAllowed,
                "the header " + header.name() + " is set by the client itself; leave it out"));
      }
    }
    return Optional.empty();
  }

  private Verdict checkUri(URI uri, AddressPolicy.Source source) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean listed = source == AddressPolicy.Source.ANYONE;
    Set<String> schemes = listed ? settings.schemes() : Set.of("http", "https");
    if (!schemes.contains(scheme)) {
      return broken(
          RefusalReason.SchemeNotAllowed, "the address must begin with one of " + sorted(schemes));
    }
    if (uri.getRawUserInfo() != null) {
      return broken(
          RefusalReason.BadUri,
          "the address holds a user name or password; send them in a header instead");
    }
    if (uri.getHost() == null) {
      return broken(RefusalReason.BadUri, "the address has no host");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    HostName name = HostName.parse(uri.getHost());
    if (name instanceof HostName.Invalid(String problem)) {
      return broken(RefusalReason.BadUri, "the host cannot be used: " + problem);
    }
    boolean portAllowed = listed ? settings.ports().contains(port) : port > 0 && port < 65536;
    if (!portAllowed) {
      return broken(
          RefusalReason.PortNotAllowed,
          "port %d is not one of the allowed ports %s".formatted(port, sorted(settings.ports())));
    }
    return new Verdict.Passed(new Destination(scheme, uri.getHost(), name, port));
  }

  private static Verdict broken(RefusalReason reason, String message) {
    return new Verdict.Broken(new Refused(reason, message));
  }

  private static <T extends Comparable<T>> List<T> sorted(Set<T> values) {
    return values.stream().sorted().toList();
  }
}
