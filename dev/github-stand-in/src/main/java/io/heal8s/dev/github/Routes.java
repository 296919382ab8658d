// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that are carried out; the first that matches is taken. */
final class Routes {

  /** A route and the values of its path. */
  record Match(Route route, Map<String, String> path) {}

  private final Description description;
  private final List<Route> all = new ArrayList<>();

  Routes(Description description) {
    this.description = description;
  }

  /** Adds an operation, which must be described. */
  Routes add(String method, String template, Route.Handler handler) {
    all.add(new Route(description.operation(method, template), handler));
    return this;
  }

  /** Whether an operation may answer so in this edition. */
  boolean describes(String method, String template, int status) {
    return description.operation(method, template).answers(status);
  }

  Optional<Match> find(String method, String rawPath) {
    for (Route route : all) {
      Optional<Match> match = route.match(method, rawPath).map(values -> new Match(route, values));
      if (match.isPresent()) {
        return match;
      }
    }
    return Optional.empty();
  }
}
