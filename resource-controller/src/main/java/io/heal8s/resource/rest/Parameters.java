// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers in paths and queries, checked as the original's framework does. */
final class Parameters {

  /** What a page can hold at most. */
  static final int MOST = 10_000;

  private static final Pattern INTEGER = Pattern.compile("\\s*[+-]?\\d{1,4300}\\s*");

  private Parameters() {}

  /** An id; one that no row can have is simply not found. */
  static long id(String name, String value) {
    return integer(List.of("path", name), value).orElse(-1);
  }

  /** A number of rows, 0 to {@link #MOST}. */
  static int limit(@Nullable String value, int fallback) {
    if (value == null) {
      return fallback;
    }
    List<Object> where = List.of("query", "limit");
    long limit =
        integer(where, value).orElse(value.contains("-") ? Long.MIN_VALUE : Long.MAX_VALUE);
    Problems problems = new Problems();
    if (limit < 0) {
      problems.add(
          "greater_than_equal",
          where,
          "Input should be greater than or equal to 0",
          JsonNodeFactory.instance.stringNode(value),
          Map.of("ge", 0));
    } else if (limit > MOST) {
      problems.add(
          "less_than_equal",
          where,
          "Input should be less than or equal to " + MOST,
          JsonNodeFactory.instance.stringNode(value),
          Map.of("le", MOST));
    }
    problems.throwIfAny();
    return (int) limit;
  }

  /** A text that a database can compare with; an empty one is as good as none. */
  static @Nullable String filter(@Nullable String value) {
    if (value != null && value.indexOf(0) >= 0) {
      Problems problems = new Problems();
      problems.valueError(
          List.of("query"),
          "text must not hold the character U+0000",
          JsonNodeFactory.instance.stringNode(value));
      problems.throwIfAny();
    }
    return value == null || value.isEmpty() ? null : value;
  }

  /** A switch; absent is off. */
  static boolean flag(String name, @Nullable String value) {
    return optionalFlag(name, value).orElse(false);
  }

  static Optional<Boolean> optionalFlag(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    return switch (value.toLowerCase(java.util.Locale.ROOT)) {
      case "true", "1", "yes", "on", "t", "y" -> Optional.of(true);
      case "false", "0", "no", "off", "f", "n" -> Optional.of(false);
      default -> {
        Problems problems = new Problems();
        problems.add(
            "bool_parsing",
            List.of("query", name),
            "Input should be a valid boolean, unable to interpret input",
            JsonNodeFactory.instance.stringNode(value));
        problems.throwIfAny();
        yield Optional.empty();
      }
    };
  }

  /** A cursor that we gave out. */
  static @Nullable Long cursor(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    OptionalLong id = integer(List.of("query", "cursor"), value);
    return id.isPresent() ? id.getAsLong() : null;
  }

  private static OptionalLong integer(List<Object> where, String value) {
    if (!INTEGER.matcher(value).matches()) {
      Problems problems = new Problems();
      problems.add(
          "int_parsing",
          where,
          "Input should be a valid integer, unable to parse string as an integer",
          JsonNodeFactory.instance.stringNode(value));
      problems.throwIfAny();
    }
    try {
      return OptionalLong.of(Long.parseLong(value.strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
