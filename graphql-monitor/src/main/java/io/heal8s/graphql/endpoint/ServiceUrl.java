// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL whose host is the DNS name of a Service: {@code name[.namespace[.svc[.cluster.local]]]}.
 */
record ServiceUrl(String name, String host, boolean tls, int port, String path) {

  /** Null if the URL names no Service of that namespace. */
  static @Nullable ServiceUrl read(String namespace, String url) {
    URI uri;
    try {
      uri = new URI(new URI(url.strip()).toASCIIString());
    } catch (URISyntaxException malformed) {
      return null;
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getScheme() == null) {
      return null;
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String name = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
    boolean own =
        List.of(
                name,
                name + "." + namespace,
                name + "." + namespace + ".svc",
                name + "." + namespace + ".svc.cluster.local")
            .contains(host);
    if (!own) {
      return null;
    }
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new ServiceUrl(
        name,
        host,
        tls,
        uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80,
        uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
  }

  EndpointReference.Service reference(String namespace) {
    return new EndpointReference.Service(
        namespace, name, new PortReference.Number(port), tls, host, path);
  }
}
