// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a TargetApp names its endpoint. */
public sealed interface EndpointReference {

  /**
   * An absolute URL: used as it is.
   *
   * @param namespace of the TargetApp, whose own Services need no permission to be called
   */
  record Url(String namespace, String url) implements EndpointReference {}

  /**
   * The ready pods with these labels.
   *
   * @param labels never empty: an empty selector would choose any pod of the namespace
   * @param port null for 8080
   * @param serverName name that the certificate must be for, null for the one that is called
   * @param path absolute path and query
   * @param all whether every ready pod is asked, not only one
   */
  record Pods(
      String namespace,
      Map<String, String> labels,
      @Nullable PortReference port,
      boolean tls,
      @Nullable String serverName,
      String path,
      boolean all)
      implements EndpointReference {
    public Pods {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * A Service of the same namespace.
   *
   * @param port null for its only one
   * @param serverName name that the certificate must be for, null for the one that is called
   */
  record Service(
      String namespace,
      String name,
      @Nullable PortReference port,
      boolean tls,
      @Nullable String serverName,
      String path)
      implements EndpointReference {}

  /**
   * The path of {@code graphqlEndpoint} where it is no absolute URL.
   *
   * @return with one leading slash and without {@code .} and {@code ..} segments, as the first
   *     release resolved it
   */
  static String path(String graphqlEndpoint) {
    String path = "/" + graphqlEndpoint.strip().replaceFirst("^/+", "");
    // RFC 3986, section 5.2.4; a fragment is never sent.
    String bare = path.replaceFirst("#.*$", "");
    int query = bare.indexOf('?');
    String hierarchy = query < 0 ? bare : bare.substring(0, query);
    String normal = java.net.URI.create("http://h" + escaped(hierarchy)).normalize().getRawPath();
    String withoutUp = normal.replaceFirst("^(/\\.\\.)+(?=/|$)", "");
    String clean = withoutUp.isEmpty() ? "/" : withoutUp;
    return query < 0 ? clean : clean + escaped(bare.substring(query));
  }

  // Every text is a path; an escape that is none is a percent sign.
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean plain = c > 0x20 && c < 0x7f && "\"<>[]\\^`{|}".indexOf(c) < 0;
      boolean loose = c == '%' && !(isHex(bytes, i + 1) && isHex(bytes, i + 2));
      safe.append(plain && !loose ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return safe.toString();
  }

  private static boolean isHex(byte[] bytes, int at) {
    return at < bytes.length && Character.digit(bytes[at], 16) >= 0;
  }

  /** Whether {@code graphqlEndpoint} is an absolute URL, in either case. */
  static boolean isUrl(String graphqlEndpoint) {
    String start = graphqlEndpoint.strip().toLowerCase(java.util.Locale.ROOT);
    return start.startsWith("http://") || start.startsWith("https://");
  }
}
