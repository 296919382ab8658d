// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One operation that the stand-in carries out. */
final class Route {

  private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)}");

  /** Carries an operation out; runs alone. */
  @FunctionalInterface
  interface Handler {
    Answer answer(Call call) throws IOException;
  }

  private final Operation operation;
  private final Handler handler;
  private final Pattern pattern;
  private final List<String> names = new ArrayList<>();

  Route(Operation operation, Handler handler) {
    this.operation = operation;
    this.handler = handler;
    this.pattern = pattern(operation.template(), operation.multiSegment());
  }

  private Pattern pattern(String template, Set<String> multiSegment) {
    StringBuilder regex = new StringBuilder();
    Matcher name = NAME.matcher(template);
    int from = 0;
    while (name.find()) {
      regex.append(Pattern.quote(template.substring(from, name.start())));
      regex.append(multiSegment.contains(name.group(1)) ? "(.+)" : "([^/]+)");
      names.add(name.group(1));
      from = name.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(template.substring(from))).toString());
  }

  Operation operation() {
    return operation;
  }

  Handler handler() {
    return handler;
  }

  /** Path parameters, if the request is for this route. */
  Optional<Map<String, String>> match(String method, String rawPath) {
    Matcher matcher = pattern.matcher(rawPath);
    if (!operation.method().equals(method) || !matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      // A plus sign is itself in a path.
      String raw = matcher.group(i + 1).replace("+", "%2B");
      values.put(names.get(i), URLDecoder.decode(raw, StandardCharsets.UTF_8));
    }
    return Optional.of(values);
  }
}
