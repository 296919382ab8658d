// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.restartworkload;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.operator.fakecluster.Shop;
import io.heal8s.operator.plan.PlanText;
import io.heal8s.operator.plan.Planning;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartPlannerTest {

  private static final String PATH =
      "spec.template.metadata.annotations[\"kubectl.kubernetes.io/restartedAt\"]: ";

  record Case(String annotation, String expected, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("", PATH + "null → 2026-03-01T12:00:00Z", "never restarted"),
        new Case(
            "2026-02-01T12:00:00Z",
            PATH + "2026-02-01T12:00:00Z → 2026-03-01T12:00:00Z",
            "restarted long ago"),
        new Case("yesterday", PATH + "yesterday → 2026-03-01T12:00:00Z", "somebody wrote no time"),
        new Case("2026-03-01T12:00:00Z", "NothingToChange", "restarted for this already"),
        new Case("2026-03-01T12:05:00Z", "NothingToChange", "restarted by a person since"),
        new Case("2026-03-01T13:30:00+01:00", "NothingToChange", "kubectl writes local time"),
        new Case(
            "2026-03-01T12:30:00+01:00",
            PATH + "2026-03-01T12:30:00+01:00 → 2026-03-01T12:00:00Z",
            "an offset counts"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asksForOneRestartAfterTheRequest(Case example) {
    assertThat(
            Shop.show(
                Shop.plan(restart("Deployment"), workload("Deployment", example.annotation()))))
        .containsExactly(example.expected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Deployment", "StatefulSet", "DaemonSet"})
  void isTheSamePlanHoweverOftenItIsMadeAndCannotBeTakenBack(String kind) {
    Planning first = Shop.plan(restart(kind), workload(kind, ""));
    assertThat(Shop.plan(restart(kind), workload(kind, ""))).isEqualTo(first);
    assertThat(first)
        .isInstanceOfSatisfying(
            Planning.Planned.class,
            planned -> {
              assertThat(PlanText.hasUndo(planned.plan())).isFalse();
              assertThat(planned.plan().undo()).isEqualTo("none: a restart cannot be taken back");
              assertThat(planned.target().container()).isNull();
            });
  }

  @Test
  void whatHasNoRolloutIsRefused() {
    assertThat(Shop.show(Shop.plan(restart("ReplicaSet"), workload("ReplicaSet", ""))))
        .containsExactly("UnsupportedTarget");
    String cronJob =
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: api, namespace: shop, uid: u}\n";
    assertThat(Shop.show(Shop.plan(restart("CronJob"), cronJob)))
        .containsExactly("UnsupportedTarget");
    String paused =
        workload("Deployment", "").replace("  replicas:", "  paused: true\n  replicas:");
    assertThat(Shop.show(Shop.plan(restart("Deployment"), paused)))
        .containsExactly("RolloutBlocked");
  }

  private static Remediation restart(String kind) {
    return Shop.direct(kind, null, "RestartWorkload", Map.of());
  }

  private static String workload(String kind, String annotation) {
    String annotations =
        annotation.isEmpty()
            ? ""
            : ", annotations: {kubectl.kubernetes.io/restartedAt: '" + annotation + "'}";
    return Shop.workload(kind, "{name: api}")
        .replace("labels: {app: api}", "labels: {app: api}" + annotations);
  }
}
