// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.Severity;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.routing.RouteTable.Match;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RouteTableTest {

  record Case(String because, Route route, List<String> labels, boolean matches) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        named("a plain name", "DiskFull", "DiskFull", true),
        named("a plain name is not a prefix", "Disk", "DiskFull", false),
        named("a star is any text", "Disk*", "DiskFull", true),
        named("a question mark is one character", "Disk?ull", "DiskFull", true),
        named("one character is not none", "DiskFull?", "DiskFull", false),
        named("a dot is no wildcard", "Disk.ull", "DiskFull", false),
        labelled("an expression is anchored at its end", "team", "pay", "payments", false),
        labelled("an expression is anchored at its start", "team", "ments", "payments", false),
        labelled("an expression may leave it open", "team", "pay.*", "payments", true),
        labelled("alternatives are anchored as a whole", "team", "pay|payments", "payments", true),
        labelled("a missing label is the empty text", "missing", "", "x", true),
        labelled("a missing label does not match text", "missing", ".+", "x", false),
        severe("no list means all", List.of(), "severity=info", true),
        severe("one of the list", List.of("critical", "info"), "severity=info", true),
        severe("none of the list", List.of("critical"), "severity=info", false),
        severe("a synonym is understood", List.of("critical"), "severity=PAGE", true),
        severe("the sender's own word", List.of("Sev2"), "severity=sev2", true),
        severe("what is unknown is a warning", List.of("warning"), "severity=sev2", true),
        severe("what is missing is a warning", List.of("warning"), "other=x", true));
  }

  private static Case named(String because, String glob, String name, boolean matches) {
    return new Case(
        because, Samples.route(glob, null, null), List.of("alertname=" + name), matches);
  }

  private static Case labelled(
      String because, String label, String expression, String value, boolean matches) {
    return new Case(
        because,
        Samples.route("A", Map.of(label, expression), null),
        List.of("alertname=A", "team=" + value),
        matches);
  }

  private static Case severe(String because, List<String> wanted, String label, boolean matches) {
    return new Case(
        because, Samples.route("A", null, wanted), List.of("alertname=A", label), matches);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void matches(Case example) {
    Match match = match(List.of(example.route()), example.labels().toArray(String[]::new));
    assertThat(match instanceof Match.Found).as(example.because()).isEqualTo(example.matches());
  }

  @Test
  void theFirstMatchWinsAndOneWithoutActionEndsTheSearch() {
    Route ignore = new Route("A", Map.of("team", "test"), null, null, null, null);
    Route all = Samples.route("*", null, null);
    assertThat(match(List.of(ignore, all), "alertname=A", "team=test"))
        .isInstanceOf(Match.Ignored.class);
    assertThat(match(List.of(ignore, all), "alertname=A", "team=pay"))
        .isEqualTo(new Match.Found(all, actionOf(all), typeOf(all)));
    assertThat(match(List.of(all, ignore), "alertname=A", "team=test"))
        .isInstanceOf(Match.Found.class);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "(, a syntax error",
    "(?<=x)y, look-behind is not RE2",
    "(a)\\1, a back reference is not RE2",
    "((((a{99}){99}){99}){99}), counted repetitions that multiply"
  })
  void anUnreadableRouteIsNeverPassedOver(String expression, String because) {
    Route broken = Samples.route("A", Map.of("team", expression), null);
    Route next = Samples.route("*", null, null);
    assertThat(match(List.of(broken, next), "alertname=A", "team=pay"))
        .as(because)
        .isInstanceOfSatisfying(
            Match.Unusable.class, m -> assertThat(m.problem()).startsWith("route 0 (A): labels."));
    assertThat(match(List.of(broken, next), "alertname=B", "team=pay"))
        .as("it is not about other alerts")
        .isInstanceOf(Match.Found.class);
  }

  @Test
  void anActionOfALaterReleaseIsNotGuessed() {
    Route unknown = new Route("A", null, null, new ActionSpec(null, null, null, null), null, null);
    assertThat(match(List.of(unknown), "alertname=A")).isInstanceOf(Match.Unusable.class);
  }

  @Test
  void matchingIsLinearInHostileText() {
    // A backtracking engine needs 2^40 steps for this one.
    Route evil = Samples.route("A", Map.of("team", "(x+x+)+y"), null);
    IncomingAlert alert = Samples.firing("alertname=A", "team=" + "x".repeat(4000));
    RouteTable table = RouteTable.of(List.of(evil));
    assertThat(
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> table.match(alert, Severity.warning)))
        .isInstanceOf(Match.None.class);
  }

  @Test
  void aValueBeyondTheLimitMatchesNothing() {
    Route any = Samples.route("A", Map.of("team", ".*"), null);
    assertThat(match(List.of(any), "alertname=A", "team=" + "x".repeat(4096)))
        .isInstanceOf(Match.Found.class);
    assertThat(match(List.of(any), "alertname=A", "team=" + "x".repeat(4097)))
        .isInstanceOf(Match.None.class);
  }

  @Test
  void aPolicyCannotMakeUsCompileWithoutEnd() {
    List<Route> many =
        IntStream.range(0, 256)
            .mapToObj(
                i -> Samples.route("A" + i, Map.of("team", "(a{9}){9}" + "b".repeat(90)), null))
            .toList();
    assertThat(match(many, "alertname=A0", "team=x")).isInstanceOf(Match.None.class);
    assertThat(match(many, "alertname=A255", "team=x"))
        .as("the routes beyond the budget say so, instead of being dropped")
        .isInstanceOf(Match.Unusable.class);
  }

  private static Match match(List<Route> routes, String... labels) {
    IncomingAlert alert = Samples.firing(labels);
    return RouteTable.of(routes).match(alert, SeverityLabel.of(alert.label("severity")));
  }

  private static ActionSpec actionOf(Route route) {
    return java.util.Objects.requireNonNull(route.action());
  }

  private static io.heal8s.core.api.k8shealer.remediation.ActionType typeOf(Route route) {
    return java.util.Objects.requireNonNull(actionOf(route).type());
  }
}
