// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanTextTest {

  private static final ResolvedTarget TARGET =
      new ResolvedTarget("apps/v1", "Deployment", "shop", "api", "u", null);

  @Test
  void everyTextFitsIntoTheStatusHoweverLongTheValuesAre() {
    String image = "x".repeat(65_536);
    List<Change> changes =
        IntStream.range(0, 64)
            .mapToObj(i -> Change.of("spec.x" + i, image, image + i, ValueType.string))
            .toList();
    assertThat(PlanText.diff(TARGET, changes)).hasSizeLessThanOrEqualTo(262_144);
    assertThat(PlanText.undo(Mode.Direct, changes, null)).hasSizeLessThanOrEqualTo(4096);
    assertThat(PlanText.preconditions(TARGET, changes, List.of("y")))
        .hasSizeLessThanOrEqualTo(32)
        .allSatisfy(sentence -> assertThat(sentence).hasSizeLessThanOrEqualTo(1024));
  }

  @Test
  void theDiffNamesEveryObjectOnceAndShowsWhatComesAndGoes() {
    Change scaler =
        new Change("spec.m", "1", "2", ValueType.integer, "autoscaling/v2", "Scaler", "s");
    List<Change> changes =
        List.of(
            Change.of("spec.new", null, "n", ValueType.string),
            Change.of("spec.old", "o", null, ValueType.string),
            scaler);
    assertThat(PlanText.diff(TARGET, changes))
        .isEqualTo(
            """
            --- Deployment shop/api (live)
            +++ Deployment shop/api (planned)
            +spec.new: n
            -spec.old: o
            --- Scaler shop/s (live)
            +++ Scaler shop/s (planned)
            -spec.m: 1
            +spec.m: 2
            """);
    assertThat(PlanText.undo(Mode.GitOps, changes, null))
        .isEqualTo(
            "Open a pull request that restores what was merged over: remove spec.new;"
                + " set spec.old back to o; set spec.m back to 1.");
  }

  @Test
  void aPlanWithoutAWayBackSaysSo() {
    String undo = PlanText.undo(Mode.Direct, List.of(), "because");
    assertThat(undo).isEqualTo("none: because");
    assertThat(PlanText.hasUndo(plan(undo))).isFalse();
    assertThat(PlanText.hasUndo(plan(null))).isFalse();
    assertThat(PlanText.hasUndo(plan("Patch the object."))).isTrue();
  }

  private static Plan plan(@Nullable String undo) {
    return new Plan("id", null, null, null, null, undo, null);
  }
}
