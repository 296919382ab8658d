// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanIdTest {

  private static final ActionSpec ACTION =
      ActionSpec.of(ActionType.ScaleUp, Map.of("maxReplicas", "5"));
  private static final Change CHANGE =
      new Change("spec.x", "1", "2", ValueType.integer, "v1", "K", "n");
  private static final String ID = PlanId.of("uid", ACTION, List.of(CHANGE));

  /** SHA-256 over length and bytes of every field, in order, computed without our code. */
  @Test
  void isPinnedBecauseAStandingApprovalMustOutliveARelease() {
    assertThat(ID).isEqualTo("f5e890e960c7f5f0ced84b124de8ccdd");
  }

  record Other(String id, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Other> others() {
    return Stream.of(
        new Other(PlanId.of("uid2", ACTION, List.of(CHANGE)), "another object"),
        new Other(of(ActionSpec.of(ActionType.ScaleTo, ACTION.params())), "another action"),
        new Other(
            of(ActionSpec.of(ActionType.ScaleUp, Map.of("maxReplicas", "6"))), "another argument"),
        new Other(of(ActionSpec.of(ActionType.ScaleUp, Map.of())), "no arguments"),
        new Other(of("spec.y", "1", "2", "v1", "K", "n"), "another path"),
        new Other(of("spec.x", "0", "2", "v1", "K", "n"), "another value before"),
        new Other(of("spec.x", null, "2", "v1", "K", "n"), "no value before"),
        new Other(of("spec.x", "", "2", "v1", "K", "n"), "an empty value before"),
        new Other(of("spec.x", "1", "3", "v1", "K", "n"), "another value after"),
        new Other(of("spec.x", "1", null, "v1", "K", "n"), "a removal"),
        new Other(of("spec.x", "1", "2", "v2", "K", "n"), "another apiVersion"),
        new Other(of("spec.x", "1", "2", "v1", "L", "n"), "another kind"),
        new Other(of("spec.x", "1", "2", "v1", "K", "m"), "another name"),
        new Other(PlanId.of("uid", ACTION, List.of()), "no change"),
        new Other(PlanId.of("uid", ACTION, List.of(CHANGE, CHANGE)), "one change more"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatAPersonWouldApproveAnewHasAnotherId(Other other) {
    assertThat(other.id()).isNotEqualTo(ID).matches("[0-9a-f]{32}");
  }

  @Test
  void theOrderOfParametersDoesNotMatter() {
    Map<String, String> forwards = new LinkedHashMap<>();
    forwards.put("a", "1");
    forwards.put("b", "2");
    Map<String, String> backwards = new LinkedHashMap<>();
    backwards.put("b", "2");
    backwards.put("a", "1");
    assertThat(of(ActionSpec.of(ActionType.ScaleUp, forwards)))
        .isEqualTo(of(ActionSpec.of(ActionType.ScaleUp, backwards)));
  }

  @Property
  void textCannotMoveFromOneFieldToTheNext(
      @ForAll @Size(3) List<@StringLength(max = 4) String> one,
      @ForAll @Size(3) List<@StringLength(max = 4) String> other) {
    boolean same =
        of(one.get(0), one.get(1), one.get(2), null, null, null)
            .equals(of(other.get(0), other.get(1), other.get(2), null, null, null));
    assertThat(same).isEqualTo(one.equals(other));
  }

  private static String of(ActionSpec action) {
    return PlanId.of("uid", action, List.of(CHANGE));
  }

  private static String of(
      String path,
      @Nullable String before,
      @Nullable String after,
      @Nullable String apiVersion,
      @Nullable String kind,
      @Nullable String name) {
    Change change = new Change(path, before, after, ValueType.integer, apiVersion, kind, name);
    return PlanId.of("uid", ACTION, List.of(change));
  }
}
