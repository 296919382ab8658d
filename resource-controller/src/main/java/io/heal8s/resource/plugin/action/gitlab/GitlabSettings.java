// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.OutboundSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's GitLab.
 *
 * @param url its address
 * @param timeout longest time of a pipeline
 * @param interval longest pause between two questions
 * @param settings for the token, whose file is read anew each time
 */
record GitlabSettings(URI url, Duration timeout, Duration interval, Map<String, String> settings) {

  private static final int LARGEST_ANSWER = 16 << 20;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static GitlabSettings read(Map<String, String> settings) {
    return new GitlabSettings(
        url(settings.getOrDefault("GITLAB_URL", "https://gitlab.com").strip()),
        seconds(settings, "GITLAB_PIPELINES_TIMEOUT", 3600),
        seconds(settings, "GITLAB_PIPELINES_POLL_INTERVAL", 10),
        settings);
  }

  private static URI url(String text) {
    try {
      URI uri = URI.create(text.replaceFirst("/+$", ""));
      boolean fits =
          ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getUserInfo() == null;
      if (fits) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException("GITLAB_URL must be an http or https address, without more");
  }

  private static Duration seconds(Map<String, String> settings, String name, int fallback) {
    String value = settings.getOrDefault(name, Integer.toString(fallback)).strip();
    if (!value.matches("\\d{1,7}") || Integer.parseInt(value) < 1) {
      throw new IllegalArgumentException(
          "%s is '%s': must be a whole number of seconds, at least 1".formatted(name, value));
    }
    return Duration.ofSeconds(Integer.parseInt(value));
  }

  /** Where the API begins. */
  String api() {
    return url + "/api/v4";
  }

  /** The address is the operator's, who may well mean a server of their own network. */
  OutboundSettings outbound() {
    int usual = url.getScheme().equals("http") ? 80 : 443;
    return new OutboundSettings(
        Set.of(url.getScheme()),
        Set.of(url.getPort() > 0 ? url.getPort() : usual),
        List.of(Cidr.valueOf("0.0.0.0/0"), Cidr.valueOf("::/0")),
        null,
        null,
        LARGEST_ANSWER,
        null);
  }

  /** The token; empty for none, also where its file cannot be read. */
  Optional<String> token() {
    String file = settings.get("GITLAB_TOKEN_FILE");
    try {
      return Optional.ofNullable(
              file == null ? settings.get("GITLAB_TOKEN") : Files.readString(Path.of(file)))
          .map(String::strip)
          .filter(token -> !token.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
