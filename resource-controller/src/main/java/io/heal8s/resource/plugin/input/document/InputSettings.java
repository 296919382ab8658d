// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.document;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of an input plugin, its part of {@code PLUGIN_CONFIGS}. A wrong one is an exception
 * whose message names it.
 */
public final class InputSettings {

  private final String plugin;
  private final Map<String, String> settings;

  /**
   * Makes it.
   *
   * @param plugin name of the plugin, for messages
   * @param known names of its settings; others in small letters are refused, so that none is
   *     misspelled
   * @throws IllegalArgumentException when there is one that is not known
   */
  public InputSettings(String plugin, Map<String, String> settings, Set<String> known) {
    this.plugin = plugin;
    this.settings = settings;
    Set<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeAll(known);
    // Variables of the whole service are given to every plugin.
    unknown.removeIf(name -> name.matches("[A-Z0-9_]+"));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "PLUGIN_CONFIGS: %s has no setting %s; there are %s"
              .formatted(
                  plugin, String.join(", ", unknown), String.join(", ", new TreeSet<>(known))));
    }
  }

  /** A text; empty when it is not set. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(settings.get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** A text, or that one. */
  public String text(String name, String fallback) {
    return text(name).orElse(fallback);
  }

  /** Seconds, at least a tenth of one. */
  public Duration seconds(String name, Duration fallback) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    if (!text.get().matches("\\d{1,6}(\\.\\d{1,3})?") || Double.parseDouble(text.get()) < 0.1) {
      throw wrong(name, text.get(), "a number of seconds, at least 0.1");
    }
    return Duration.ofMillis(Math.round(Double.parseDouble(text.get()) * 1000));
  }

  /** True or false. */
  public boolean flag(String name, boolean fallback) {
    String text = text(name, Boolean.toString(fallback));
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong(name, text, "true or false");
    }
    return text.equals("true");
  }

  /**
   * An address of one of these schemes, with a host and without a user or a password.
   *
   * @param expected what the message of a wrong one says it must be
   */
  public URI address(String name, String value, Set<String> schemes, String expected) {
    try {
      URI uri = URI.create(value);
      boolean fits =
          uri.getScheme() != null
              && schemes.contains(uri.getScheme())
              && uri.getHost() != null
              && uri.getUserInfo() == null;
      if (fits) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw wrong(name, value.replaceAll("//[^/@]*@", "//"), expected);
  }

  /**
   * What a mounted file says now; empty when no file is named.
   *
   * @throws IOException when it cannot be read
   */
  public Optional<String> file(String name) throws IOException {
    Optional<String> file = text(name);
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.readString(Path.of(file.get())).strip());
  }

  /** The exception for a wrong setting. */
  public IllegalArgumentException wrong(String name, String value, String expected) {
    return new IllegalArgumentException(
        "PLUGIN_CONFIGS: %s of %s is '%s': must be %s".formatted(name, plugin, value, expected));
  }
}
