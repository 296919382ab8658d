// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownValueTest {

  /** One variable was added; the password beside it is no part of the change. */
  private static final Change ENV =
      Change.of(
          "spec.template.spec.containers[name=api].env",
          "[{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2\"}]",
          "[{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2\"},{\"name\":\"A\",\"value\":\"b\"}]",
          ValueType.json);

  @Test
  void ofAListOrAMapOnlyItsSizeIsSaid() {
    assertThat(ShownValue.change(ENV))
        .isEqualTo("spec.template.spec.containers[name=api].env (1 element) → (2 elements)");
    assertThat(PlanText.undo(Mode.Direct, List.of(ENV), null))
        .contains("env back to (1 element)")
        .doesNotContain("hunter2");
    assertThat(ShownValue.change(Change.of("probe", null, "{\"exec\":{}}", ValueType.json)))
        .isEqualTo("probe (not set) → (1 field)");
  }

  @Test
  void singleValuesAreShown() {
    assertThat(ShownValue.change(Change.of("replicas", "1", "2", ValueType.integer)))
        .isEqualTo("replicas 1 → 2");
    assertThat(ShownValue.change(Change.of("maxSurge", "1", "\"25%\"", ValueType.json)))
        .isEqualTo("maxSurge 1 → \"25%\"");
  }
}
