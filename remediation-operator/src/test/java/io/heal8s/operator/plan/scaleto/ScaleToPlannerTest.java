// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.scaleto;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.operator.fakecluster.Shop;
import io.heal8s.operator.plan.Planning;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleToPlannerTest {

  private static Planning plan(String kind) {
    return Shop.plan(
        Shop.direct(kind, null, "ScaleTo", Map.of("replicas", "1")),
        Shop.workload(kind, "{name: api}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Deployment", "StatefulSet"})
  void changesWhatTheOperatorMayWriteTo(String kind) {
    assertThat(Shop.show(plan(kind))).isEqualTo(List.of("spec.replicas: 2 → 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReplicaSet", "DaemonSet"})
  void refusesEverythingElseBeforeAnybodyApprovesIt(String kind) {
    assertThat(Shop.show(plan(kind))).isEqualTo(List.of("UnsupportedTarget"));
  }

  @Test
  void saysWhatItChanges() {
    assertThat(Shop.message(plan("ReplicaSet")))
        .endsWith("it changes Deployments and StatefulSets");
  }
}
