// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is sent at every poll of one app: made once, because it is the same each time.
 *
 * @param body the GraphQL request as JSON
 * @param headers further headers, values may be secret
 * @param keepAlive whether the connection is worth keeping until the next poll
 * @param connectionInit payload of {@code connection_init} as JSON, which may be secret; null for
 *     none, and where there is no such message
 */
public record HttpCall(
    byte[] body, Map<String, String> headers, boolean keepAlive, @Nullable String connectionInit) {

  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]{0,8192}");
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "accept-encoding");

  public HttpCall {
    headers = Map.copyOf(headers);
  }

  /** A call that begins with no message of its own. */
  public HttpCall(byte[] body, Map<String, String> headers, boolean keepAlive) {
    this(body, headers, keepAlive, null);
  }

  /** A call without further headers. */
  public static HttpCall of(String json) {
    return new HttpCall(json.getBytes(StandardCharsets.UTF_8), Map.of(), true);
  }

  /**
   * No line ends and no control characters: they would begin a header or a request of their own.
   */
  public static boolean isHeaderValue(String value) {
    return VALUE.matcher(value).matches();
  }

  /** Whether a header describes the connection or the body, which are ours. */
  public static boolean isOurs(String name) {
    return OURS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return "POST of " + body.length + " bytes with headers " + headers.keySet();
  }
}
