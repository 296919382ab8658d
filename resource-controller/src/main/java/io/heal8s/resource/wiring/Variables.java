// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings by the names that the original gave them. A wrong one is an exception whose
 * message names it and says what it must be.
 */
final class Variables {

  private final Function<String, @Nullable String> source;

  /** Makes it; the source gives a value by name, or null. */
  Variables(Function<String, @Nullable String> source) {
    this.source = source;
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(source.apply(name)).filter(value -> !value.isBlank());
  }

  String text(String name, String fallback) {
    return optional(name).orElse(fallback);
  }

  int integer(String name, int fallback, int least, int most) {
    Optional<String> value = optional(name);
    if (value.isEmpty()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(value.get().strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name, value.get(), "a whole number from %d to %d".formatted(least, most));
  }

  double fraction(String name, double fallback) {
    Optional<String> value = optional(name);
    if (value.isEmpty()) {
      return fallback;
    }
    try {
      double number = Double.parseDouble(value.get().strip());
      if (number >= 0 && number <= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name, value.get(), "a number from 0 to 1");
  }

  /** Seconds, whole ones or with a fraction. */
  Duration seconds(String name, Duration fallback, Duration least) {
    Optional<String> value = optional(name);
    if (value.isEmpty()) {
      return fallback;
    }
    try {
      double seconds = Double.parseDouble(value.get().strip());
      if (seconds * 1000 >= least.toMillis() && seconds <= Integer.MAX_VALUE) {
        return Duration.ofMillis(Math.round(seconds * 1000));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name, value.get(), "a number of seconds, at least " + least.toMillis() / 1000.0);
  }

  boolean flag(String name, boolean fallback) {
    Optional<String> value = optional(name);
    if (value.isEmpty()) {
      return fallback;
    }
    return switch (value.get().strip().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw wrong(name, value.get(), "true or false");
    };
  }

  List<String> list(String name) {
    return optional(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  List<Cidr> cidrs(String name) {
    return list(name).stream()
        .map(
            text -> {
              try {
                return Cidr.valueOf(text);
              } catch (IllegalArgumentException e) {
                throw wrong(name, text, "a block of addresses such as 10.0.0.0/8");
              }
            })
        .toList();
  }

  /** An http or https address without user and password. */
  Optional<URI> address(String name) {
    Optional<String> value = optional(name).map(String::strip);
    return value.map(
        text -> {
          URI uri = parsed(text);
          boolean fits =
              uri != null
                  && uri.getHost() != null
                  && uri.getRawUserInfo() == null
                  && ("https".equalsIgnoreCase(uri.getScheme())
                      || "http".equalsIgnoreCase(uri.getScheme()));
          if (!fits) {
            // Not the text: it may hold a password.
            throw new IllegalArgumentException(
                name + " must be an http or https address without a user name or password");
          }
          return uri;
        });
  }

  private static @Nullable URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** One of some words. */
  String choice(String name, String fallback, List<String> words) {
    String value = text(name, fallback).strip();
    if (!words.contains(value)) {
      throw wrong(name, value, String.join(" or ", words));
    }
    return value;
  }

  /** A secret: the variable itself, or the file that the variable with {@code _FILE} names. */
  Optional<Secret> secret(String name) {
    Optional<String> file = optional(name + "_FILE");
    if (file.isEmpty()) {
      return optional(name).map(Secret::of);
    }
    try {
      return Optional.of(Secret.of(Files.readString(Path.of(file.get())).strip()));
    } catch (IOException e) {
      throw wrong(name + "_FILE", file.get(), "a file that can be read");
    }
  }

  static IllegalArgumentException wrong(String name, String value, String expected) {
    return new IllegalArgumentException("%s is '%s': must be %s".formatted(name, value, expected));
  }
}
