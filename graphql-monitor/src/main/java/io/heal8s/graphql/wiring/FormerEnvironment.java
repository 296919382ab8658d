// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of the original, {@code KCO_*} in any case, in today's settings. Each
 * is checked against the range that the original checked it against, and has an effect.
 */
final class FormerEnvironment {

  private static final String PREFIX = "KCO_";

  private final Map<String, String> given = new TreeMap<>();
  private final List<String> today = new ArrayList<>();

  private FormerEnvironment(Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          String upper = name.toUpperCase(Locale.ROOT);
          if (upper.startsWith(PREFIX) && !value.isBlank()) {
            given.put(upper.substring(PREFIX.length()), value.strip());
          }
        });
  }

  /**
   * Arguments that say the same.
   *
   * @throws IllegalArgumentException with one line that names the variable and what it may be
   */
  static String[] translate(Map<String, String> environment) {
    FormerEnvironment former = new FormerEnvironment(environment);
    former.logging();
    former.ports();
    former.api();
    former.number("RATE_LIMIT_REQUESTS", 1, Integer.MAX_VALUE, "requests-per-minute", "");
    former.number("GRAPHQL_TIMEOUT", 1, 60, "timeout", "s");
    former.number("GRAPHQL_MAX_RETRIES", 0, 10, "retries", "");
    former.number("DEFAULT_POLLING_INTERVAL", 5, 3600, "interval", "s");
    former.number("ACTION_EXECUTION_TIMEOUT", 10, 1800, "action-timeout", "s");
    String namespace = former.given.get("NAMESPACE");
    if (namespace != null) {
      former.set("heal8s.graphql.namespaces", namespace);
    }
    return former.today.toArray(String[]::new);
  }

  /**
   * The former settings that are not said in today's words as well, and then today's arguments:
   * Spring would take a setting that is given twice for a list.
   *
   * @throws IllegalArgumentException with one line that names the variable and what it may be
   */
  static String[] beside(Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>();
    for (String former : translate(environment)) {
      String name = former.substring(0, former.indexOf('=') + 1);
      String variable =
          name.substring(2, name.length() - 1)
              .replace("-", "")
              .replace('.', '_')
              .toUpperCase(Locale.ROOT);
      boolean said =
          environment.containsKey(variable)
              || List.of(arguments).stream().anyMatch(argument -> argument.startsWith(name));
      if (!said) {
        all.add(former);
      }
    }
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private void logging() {
    String level = given.get("LOG_LEVEL");
    if (level != null) {
      set(
          "logging.level.io.heal8s",
          switch (level.toUpperCase(Locale.ROOT)) {
            case "DEBUG" -> "debug";
            case "INFO" -> "info";
            case "WARNING", "WARN" -> "warn";
            case "ERROR", "CRITICAL" -> "error";
            default -> throw wrong("LOG_LEVEL", level, "DEBUG, INFO, WARNING, ERROR or CRITICAL");
          });
    }
    String format = given.get("LOG_FORMAT");
    if (format != null) {
      switch (format.toLowerCase(Locale.ROOT)) {
        case "json" -> set("logging.structured.format.console", "logstash");
        case "plain" -> set("logging.structured.format.console", "");
        default -> throw wrong("LOG_FORMAT", format, "json or plain");
      }
    }
  }

  private void ports() {
    Integer health = port("HEALTH_PORT");
    if (health != null) {
      set("heal8s.management.port", health.toString());
    }
    Integer metrics = port("METRICS_PORT");
    if (!bool("METRICS_ENABLED", true)) {
      metrics = -1;
    }
    if (metrics != null) {
      set("heal8s.graphql.metrics-port", metrics.toString());
    }
  }

  /** No variable of the original, which had no such interface; written as its others are. */
  private void api() {
    if (given.containsKey("GRAPHQL_API_ENABLED")) {
      set("heal8s.graphql.api.enabled", Boolean.toString(bool("GRAPHQL_API_ENABLED", false)));
    }
  }

  private boolean bool(String name, boolean absent) {
    String value = given.get(name);
    return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
      case "" -> absent;
      case "true", "1", "yes", "on", "t", "y" -> true;
      case "false", "0", "no", "off", "f", "n" -> false;
      default -> throw wrong(name, Objects.requireNonNull(value), "true or false");
    };
  }

  private @Nullable Integer port(String name) {
    String value = given.get(name);
    return value == null ? null : (Integer) number(name, value, 1024, 65535);
  }

  private void number(String name, int least, int most, String setting, String unit) {
    String value = given.get(name);
    if (value != null) {
      set("heal8s.graphql." + setting, number(name, value, least, most) + unit);
    }
  }

  private static int number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, in the same words.
    }
    throw wrong(
        name,
        value,
        most == Integer.MAX_VALUE
            ? "a whole number, at least " + least
            : "a whole number from " + least + " to " + most);
  }

  private void set(String setting, String value) {
    today.add("--" + setting + "=" + value);
  }

  private static IllegalArgumentException wrong(String name, String value, String wanted) {
    return new IllegalArgumentException(PREFIX + name + " is '" + value + "': write " + wanted);
  }
}
