// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.OutboundSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the plugin may call, as the operator set it. */
final class HttpSettings {

  private static final String USUAL_SECONDS = "90";

  private HttpSettings() {}

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static OutboundSettings outbound(Map<String, String> settings) {
    return new OutboundSettings(
        Boolean.parseBoolean(settings.get("OUTBOUND_PLAIN_HTTP"))
            ? Set.of("http", "https")
            : Set.of("https"),
        ports(settings),
        list(settings, "OUTBOUND_ALLOWED_CIDRS").stream().map(Cidr::valueOf).toList(),
        null,
        timeout(settings.getOrDefault("timeout", USUAL_SECONDS).strip()),
        null,
        null);
  }

  private static Set<Integer> ports(Map<String, String> settings) {
    List<String> ports = list(settings, "OUTBOUND_PORTS");
    for (String port : ports) {
      if (!port.matches("\\d{1,5}")) {
        throw new IllegalArgumentException(
            "OUTBOUND_PORTS is '%s': must be port numbers with commas".formatted(port));
      }
    }
    return ports.isEmpty()
        ? Set.of(443)
        : ports.stream().map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
  }

  private static Duration timeout(String seconds) {
    if (!seconds.matches("\\d{1,5}") || Integer.parseInt(seconds) < 1) {
      throw new IllegalArgumentException(
          "timeout of the plugin http is '%s': must be a whole number of seconds, at least 1"
              .formatted(seconds));
    }
    return Duration.ofSeconds(Integer.parseInt(seconds));
  }

  private static List<String> list(Map<String, String> settings, String name) {
    return Arrays.stream(settings.getOrDefault(name, "").split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }
}
