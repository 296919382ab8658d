// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Takes the command line flags of the first release's operator, whose controller this service is:
 * one or two dashes, a value after {@code =} or as the next argument, as Go's flags have it.
 * Everything else is left to Spring.
 */
final class FormerFlags {

  private FormerFlags() {}

  /**
   * The same arguments in today's words.
   *
   * @throws IllegalArgumentException if a flag of the first release has a value that it never took
   */
  static String[] translate(String... arguments) {
    List<String> translated = new ArrayList<>();
    Iterator<String> rest = List.of(arguments).iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      String flag = argument.replaceFirst("^--?", "");
      int equals = flag.indexOf('=');
      String name = equals < 0 ? flag : flag.substring(0, equals);
      if (!argument.startsWith("-") || !isKnown(name)) {
        translated.add(argument);
      } else if (isSwitch(name)) {
        addSwitch(translated, name, equals < 0 ? "true" : flag.substring(equals + 1));
      } else {
        add(translated, name, equals < 0 ? next(name, rest) : flag.substring(equals + 1));
      }
    }
    return translated.toArray(String[]::new);
  }

  private static boolean isKnown(String name) {
    return switch (name) {
      case "metrics-bind-address",
          "health-probe-bind-address",
          "webhook-port",
          "leader-elect",
          "kubeconfig" ->
          true;
      default -> name.startsWith("zap-");
    };
  }

  private static boolean isSwitch(String name) {
    return name.equals("leader-elect") || name.equals("zap-devel");
  }

  private static String next(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("--" + name + " needs a value");
    }
    return rest.next();
  }

  private static void addSwitch(List<String> translated, String name, String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("--" + name + " is '" + value + "': write true or false");
    }
    if (name.equals("leader-elect")) {
      translated.add("--heal8s.leader-election.enabled=" + value);
    } else if (value.equals("true")) {
      translated.add("--logging.structured.format.console=");
      translated.add("--logging.level.io.heal8s=debug");
    }
  }

  private static void add(List<String> translated, String name, String value) {
    switch (name) {
      case "metrics-bind-address" ->
          translated.add("--heal8s.operator.metrics-port=" + port(name, value));
      case "health-probe-bind-address" ->
          translated.add("--heal8s.management.port=" + port(name, value));
      case "webhook-port" -> translated.add("--heal8s.operator.former-webhook-port=" + value);
      case "kubeconfig" -> translated.add("--heal8s.kubernetes.kubeconfig=" + value);
      case "zap-log-level" -> translated.add("--logging.level.io.heal8s=" + level(value));
      case "zap-encoder" -> {
        if (value.equals("console")) {
          translated.add("--logging.structured.format.console=");
        }
      }
      // The other zap flags chose stack traces and time formats, which are what they are now.
      default -> {}
    }
  }

  /** {@code :8080}, {@code 0.0.0.0:8080}; {@code 0} switched the listener off. */
  private static int port(String name, String address) {
    if (address.equals("0")) {
      return -1;
    }
    try {
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--" + name + " is '" + address + "': write an address such as :8080", e);
    }
  }

  /** Zap's levels, and its numbers, which are more detail than debug. */
  private static String level(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "debug" -> "debug";
      case "info" -> "info";
      case "error", "panic" -> "error";
      default -> "trace";
    };
  }
}
