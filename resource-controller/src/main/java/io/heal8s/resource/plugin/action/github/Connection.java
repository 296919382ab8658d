// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.resource.plugin.PluginEnvironment;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The operator's GitHub, once the plugin is open.
 *
 * @param api its API
 * @param credentials what to call it with
 * @param client to close at the end
 * @param timeout longest time of a run
 * @param interval longest pause between two questions
 * @param clock the time
 */
record Connection(
    GithubApi api,
    Credentials credentials,
    OutboundHttpClient client,
    Duration timeout,
    Duration interval,
    InstantSource clock)
    implements AutoCloseable {

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static Connection open(PluginEnvironment environment) {
    Map<String, String> settings = environment.settings();
    String base = settings.getOrDefault("GITHUB_API_URL", "https://api.github.com");
    Duration timeout = seconds(settings, "GITHUB_ACTIONS_TIMEOUT", 3600);
    Duration interval = seconds(settings, "GITHUB_ACTIONS_POLL_INTERVAL", 10);
    Pace pace = new Pace(environment.time(), hasLimits(settings));
    OutboundHttpClient client = new OutboundHttpClient(outbound(base));
    GithubApi api = new GithubApi(base, client, environment.time(), pace);
    return new Connection(
        api,
        new Credentials(settings, api, environment.time()),
        client,
        timeout,
        interval,
        environment.time());
  }

  /** The address is the operator's, who may well mean a server of their own network. */
  private static OutboundSettings outbound(String base) {
    try {
      URI uri = URI.create(base);
      String scheme = Objects.requireNonNullElse(uri.getScheme(), "");
      int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
      return new OutboundSettings(
          Set.of(scheme),
          Set.of(port),
          List.of(Cidr.valueOf("0.0.0.0/0"), Cidr.valueOf("::/0")),
          null,
          null,
          16 << 20,
          null);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "GITHUB_API_URL is '%s': must be an http or https address".formatted(base), e);
    }
  }

  private static Duration seconds(Map<String, String> settings, String name, int fallback) {
    String value = settings.getOrDefault(name, Integer.toString(fallback)).strip();
    if (!value.matches("\\d{1,7}") || Integer.parseInt(value) < 1) {
      throw new IllegalArgumentException(
          "%s is '%s': must be a whole number of seconds, at least 1".formatted(name, value));
    }
    return Duration.ofSeconds(Integer.parseInt(value));
  }

  private static boolean hasLimits(Map<String, String> settings) {
    String value = settings.getOrDefault("GITHUB_ACTIONS_LIMITS", "true").strip();
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(
          "GITHUB_ACTIONS_LIMITS is '%s': must be true, or false for a server without limits"
              .formatted(value));
    }
    return value.equals("true");
  }

  Access access() {
    return credentials.access();
  }

  @Override
  public void close() {
    client.close();
  }
}
