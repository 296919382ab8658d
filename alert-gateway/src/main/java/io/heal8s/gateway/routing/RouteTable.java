// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Severity;
import io.heal8s.core.decide.policy.Glob;
import io.heal8s.gateway.intent.IncomingAlert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes that hold for a namespace, ready to be matched; the first match wins. A route that
 * could be the first match but cannot be read stops the search: falling through to the next one
 * would do something that the policy's author ruled out.
 */
final class RouteTable {

  /** Compiled expressions of one table together; what is beyond is a problem of its route. */
  static final int MAX_COST = 50_000;

  /** What a table says about an alert. */
  sealed interface Match {
    /** The action to take and the route that says so. */
    record Found(Route route, ActionSpec action, ActionType type) implements Match {}

    /** The policy says to leave the alert alone. */
    record Ignored(String alertName) implements Match {}

    /** The deciding route cannot be read. */
    record Unusable(String problem) implements Match {}

    /** No route is about that alert. */
    record None() implements Match {}
  }

  private record Compiled(
      Route route, Map<String, LabelExpression> labels, @Nullable String problem) {}

  private final List<Compiled> routes;

  private RouteTable(List<Compiled> routes) {
    this.routes = routes;
  }

  static RouteTable of(List<Route> routes) {
    List<Compiled> compiled = new ArrayList<>(routes.size());
    long spent = 0;
    for (Route route : routes) {
      Map<String, String> expressions = route.labels() == null ? Map.of() : route.labels();
      for (String expression : expressions.values()) {
        long cost = LabelExpression.cost(expression);
        // What is too large by itself is never compiled, and must not use up the others' share.
        spent += cost > LabelExpression.MAX_COST ? 0 : cost;
      }
      compiled.add(
          spent > MAX_COST
              ? new Compiled(route, Map.of(), "the policy's expressions are too large together")
              : compile(route, expressions));
    }
    return new RouteTable(List.copyOf(compiled));
  }

  private static Compiled compile(Route route, Map<String, String> expressions) {
    Map<String, LabelExpression> labels = new java.util.LinkedHashMap<>();
    String problem = null;
    for (Map.Entry<String, String> entry : expressions.entrySet()) {
      LabelExpression expression = LabelExpression.of(entry.getValue());
      labels.put(entry.getKey(), expression);
      if (problem == null && expression.problem().isPresent()) {
        problem = "labels." + entry.getKey() + ": " + expression.problem().get();
      }
    }
    return new Compiled(route, labels, problem);
  }

  /**
   * Looks for the route of an alert.
   *
   * @param severity the alert's severity as heal8s understands it
   */
  Match match(IncomingAlert alert, Severity severity) {
    String name = alert.name();
    for (int i = 0; i < routes.size(); i++) {
      Compiled compiled = routes.get(i);
      Route route = compiled.route();
      if (!namesMatch(route.alertName(), name) || !severityMatches(route, alert, severity)) {
        continue;
      }
      if (compiled.problem() != null) {
        return new Match.Unusable(describe(i, route) + ": " + compiled.problem());
      }
      if (labelsMatch(compiled, alert)) {
        return found(i, route);
      }
    }
    return new Match.None();
  }

  private static Match found(int index, Route route) {
    ActionSpec action = route.action();
    if (action == null) {
      return new Match.Ignored(route.alertName());
    }
    ActionType type = action.type();
    return type == null
        ? new Match.Unusable(describe(index, route) + " has an action that this release cannot do")
        : new Match.Found(route, action, type);
  }

  private static String describe(int index, Route route) {
    return "route " + index + " (" + route.alertName() + ")";
  }

  private static boolean namesMatch(String glob, String name) {
    // Nearly all routes name one alert, and the glob matcher allocates.
    boolean plain = glob.indexOf('*') < 0 && glob.indexOf('?') < 0;
    return plain ? glob.equals(name) : Glob.matches(glob, name);
  }

  /** A route may name our three severities, or the sender's own words. */
  private static boolean severityMatches(Route route, IncomingAlert alert, Severity severity) {
    List<String> wanted = route.severity();
    if (wanted == null || wanted.isEmpty()) {
      return true;
    }
    String verbatim = alert.label("severity");
    for (String one : wanted) {
      if (one.equalsIgnoreCase(severity.name()) || one.equalsIgnoreCase(verbatim)) {
        return true;
      }
    }
    return false;
  }

  private static boolean labelsMatch(Compiled compiled, IncomingAlert alert) {
    for (Map.Entry<String, LabelExpression> entry : compiled.labels().entrySet()) {
      if (!entry.getValue().matches(alert.label(entry.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
