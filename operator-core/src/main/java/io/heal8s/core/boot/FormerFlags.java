// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.decide.DurationText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The command line flags of the program that a service takes the place of, in today's settings: one
 * or two dashes, a value after {@code =} or as the next argument, as Go's flags have it. Everything
 * else is left to Spring. A value is made; each method adds one flag and returns a new one.
 */
public final class FormerFlags {

  private static final String TEXT_LOGS = "--logging.structured.format.console=";
  private static final String LOG_LEVEL = "--logging.level.io.heal8s=";

  /** What one flag with its value is today. */
  @FunctionalInterface
  public interface Translation {

    /**
     * Arguments for Spring; empty if the flag says nothing any more.
     *
     * @param flag its name without dashes
     * @param value what was given; {@code true} for a switch without a value
     * @throws IllegalArgumentException for a value that the flag never took, with one line that
     *     says what to write
     */
    List<String> today(String flag, String value);
  }

  private record Flag(boolean isSwitch, Translation translation) {}

  private final Map<String, Flag> flags;

  private FormerFlags(Map<String, Flag> flags) {
    this.flags = Map.copyOf(flags);
  }

  /** No flags at all: every argument is Spring's. */
  public static FormerFlags none() {
    return new FormerFlags(Map.of());
  }

  /**
   * What every program on controller-runtime took: where the cluster is, where probes are answered,
   * and zap's logging flags.
   */
  public static FormerFlags ofControllerRuntime() {
    return none()
        .text("kubeconfig", "heal8s.kubernetes.kubeconfig")
        .address("health-probe-bind-address", "heal8s.management.port")
        .with("zap-log-level", (flag, value) -> List.of(LOG_LEVEL + level(value)))
        .with(
            "zap-encoder",
            (flag, value) -> value.equals("console") ? List.of(TEXT_LOGS) : List.of())
        .withSwitch(
            "zap-devel",
            (flag, value) ->
                value.equals("true") ? List.of(TEXT_LOGS, LOG_LEVEL + "debug") : List.of())
        // Stack traces and times are what they are now.
        .ignored("zap-stacktrace-level")
        .ignored("zap-time-encoding");
  }

  /** A flag whose value goes into a setting as it is. */
  public FormerFlags text(String flag, String setting) {
    return with(flag, (name, value) -> List.of("--" + setting + "=" + value));
  }

  /** {@code :8080}, {@code 0.0.0.0:8080}: the port goes into a setting; {@code 0} is -1, none. */
  public FormerFlags address(String flag, String setting) {
    return with(flag, (name, value) -> List.of("--" + setting + "=" + port(name, value)));
  }

  /** A time as Go writes it, e.g. {@code 1m30s}. */
  public FormerFlags duration(String flag, String setting) {
    return with(
        flag,
        (name, value) ->
            List.of(
                "--"
                    + setting
                    + "="
                    + DurationText.parse(value)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    wrong(name, value, "a time such as 30s or 1m30s")))));
  }

  /** A switch whose value goes into a setting. */
  public FormerFlags toggle(String flag, String setting) {
    return withSwitch(flag, (name, value) -> List.of("--" + setting + "=" + value));
  }

  /** A flag that is taken with its value and says nothing any more. */
  public FormerFlags ignored(String flag) {
    return with(flag, (name, value) -> List.of());
  }

  /** A switch that is taken and says nothing any more. */
  public FormerFlags ignoredSwitch(String flag) {
    return withSwitch(flag, (name, value) -> List.of());
  }

  /** A flag that becomes anything. */
  public FormerFlags with(String flag, Translation translation) {
    return plus(flag, new Flag(false, translation));
  }

  /** A switch that becomes anything; its value is {@code true} or {@code false}. */
  public FormerFlags withSwitch(String flag, Translation translation) {
    return plus(flag, new Flag(true, translation));
  }

  private FormerFlags plus(String name, Flag flag) {
    Map<String, Flag> more = new HashMap<>(flags);
    more.put(name, flag);
    return new FormerFlags(more);
  }

  /**
   * The same arguments in today's words.
   *
   * @throws IllegalArgumentException with one line, if a former flag has a value that it never took
   */
  public String[] translate(String... arguments) {
    List<String> translated = new ArrayList<>();
    Iterator<String> rest = List.of(arguments).iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      String text = argument.replaceFirst("^--?", "");
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      Flag flag = argument.startsWith("-") ? flags.get(name) : null;
      if (flag == null) {
        translated.add(argument);
      } else {
        Optional<String> given =
            equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
        String value = flag.isSwitch() ? onOrOff(name, given) : value(name, given, rest);
        translated.addAll(flag.translation().today(name, value));
      }
    }
    return translated.toArray(String[]::new);
  }

  private static String value(String name, Optional<String> given, Iterator<String> rest) {
    if (given.isEmpty() && !rest.hasNext()) {
      throw new IllegalArgumentException("--" + name + " needs a value");
    }
    return given.orElseGet(rest::next);
  }

  /** Go takes a switch's value only after an equals sign, and spells it in several ways. */
  private static String onOrOff(String name, Optional<String> given) {
    String value = given.orElse("true");
    return switch (value) {
      case "1", "t", "T", "true", "TRUE", "True" -> "true";
      case "0", "f", "F", "false", "FALSE", "False" -> "false";
      default -> throw new IllegalArgumentException(wrong(name, value, "true or false"));
    };
  }

  private static int port(String name, String address) {
    if (address.equals("0")) {
      return -1;
    }
    try {
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong(name, address, "an address such as :8080"), e);
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

  private static String wrong(String name, String value, String wanted) {
    return "--" + name + " is '" + value + "': write " + wanted;
  }
}
