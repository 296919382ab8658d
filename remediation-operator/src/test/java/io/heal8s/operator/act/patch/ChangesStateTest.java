// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.operator.fakecluster.YamlText;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangesStateTest {

  private static final LiveObject LIVE =
      YamlText.object(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: api, namespace: shop, uid: u, resourceVersion: "1"}
          spec:
            replicas: 4
            paused: true
            template: {spec: {containers: [{name: api, image: "api:1.0",
              resources: {limits: {memory: 2Gi}}}]}}
          """);

  private static final String MEMORY =
      "spec.template.spec.containers[name=api].resources.limits.memory";
  private static final String REQUEST =
      "spec.template.spec.containers[name=api].resources.requests.memory";
  private static final String IMAGE = "spec.template.spec.containers[name=api].image";

  record Case(List<Change> changes, Class<? extends ChangesState> state, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(List.of(), ChangesState.AllAfter.class, "nothing to do is done"),
        new Case(
            List.of(change(MEMORY, "1Gi", "2048Mi", ValueType.string)),
            ChangesState.AllAfter.class,
            "the API server spells quantities its own way"),
        new Case(
            List.of(change(MEMORY, "2048Mi", "3Gi", ValueType.string)),
            ChangesState.AllBefore.class,
            "before is compared by value too"),
        new Case(
            List.of(
                change(MEMORY, "1Gi", "2Gi", ValueType.string),
                change(REQUEST, null, "2Gi", ValueType.string)),
            ChangesState.Mixed.class,
            "one is done, one is not"),
        new Case(
            List.of(change(MEMORY, "1Gi", "1280Mi", ValueType.string)),
            ChangesState.ChangedSince.class,
            "somebody wrote a third value"),
        new Case(
            List.of(
                change(MEMORY, "1Gi", "2Gi", ValueType.string),
                change("spec.replicas", "2", "3", ValueType.integer)),
            ChangesState.ChangedSince.class,
            "a third value weighs more than one that is done"),
        new Case(
            List.of(change(IMAGE, "api:1.0", "api:1.00", ValueType.string)),
            ChangesState.AllBefore.class,
            "only quantities are compared by value"),
        new Case(
            List.of(change("spec.replicas", "3", "4", ValueType.integer)),
            ChangesState.AllAfter.class,
            "a number"),
        new Case(
            List.of(change("spec.paused", "false", "true", ValueType.bool)),
            ChangesState.AllAfter.class,
            "a boolean"),
        new Case(
            List.of(change(REQUEST, "1Gi", null, ValueType.string)),
            ChangesState.AllAfter.class,
            "a removal that happened"),
        new Case(
            List.of(change("spec.template", "x", null, ValueType.string)),
            ChangesState.ChangedSince.class,
            "a map is no value"),
        new Case(
            List.of(
                change(
                    "spec.template.spec.containers[name=gone].image", "a", "b", ValueType.string)),
            ChangesState.ChangedSince.class,
            "a container that is gone"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isSeenOnTheLiveObject(Case example) {
    assertThat(ChangesState.of(example.changes(), LIVE)).isInstanceOf(example.state());
  }

  @Test
  void saysWhatIsThereInstead() {
    Change change = change(MEMORY, null, "1280Mi", ValueType.string);
    assertThat(ChangesState.of(List.of(change), LIVE))
        .isEqualTo(
            new ChangesState.ChangedSince(List.of(MEMORY + " is 2Gi, neither not set nor 1280Mi")));
  }

  @Test
  void changesAreGroupedByTheirObject() {
    ResolvedTarget target = new ResolvedTarget("apps/v1", "Deployment", "shop", "api", "u", null);
    Change own = change("spec.replicas", "1", "2", ValueType.integer);
    Change other =
        new Change(
            "spec.maxReplicas",
            "1",
            "2",
            ValueType.integer,
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            "scaler");
    ChangedObject scaler =
        new ChangedObject("autoscaling/v2", "HorizontalPodAutoscaler", "shop", "scaler");
    assertThat(ChangedObject.group(List.of(other, own, other), target))
        .isEqualTo(
            Map.of(
                scaler,
                List.of(other, other),
                new ChangedObject("apps/v1", "Deployment", "shop", "api"),
                List.of(own)))
        .containsKeys(scaler);
    assertThat(scaler.query())
        .isEqualTo(new Query.Get("autoscaling/v2", "HorizontalPodAutoscaler", "shop", "scaler"));
  }

  @Property
  void aPatchLeadsFromAnyPlaceToAfterAndItsUndoBack(
      @ForAll("plans") List<Change> changes, @ForAll("lives") LiveObject live) {
    if (!(ObjectPatch.apply(changes, live) instanceof ObjectPatch.Ready(var patch))) {
      return;
    }
    LiveObject patched = StrictJsonPatch.apply(patch, live);
    assertThat(ChangesState.of(changes, patched)).isInstanceOf(ChangesState.AllAfter.class);
    if (ObjectPatch.undo(changes, patched) instanceof ObjectPatch.Ready(var undo)) {
      LiveObject restored = StrictJsonPatch.apply(undo, patched);
      assertThat(ObjectPatch.undo(changes, restored)).isEqualTo(new ObjectPatch.NothingLeft());
    }
  }

  @Provide
  Arbitrary<List<Change>> plans() {
    Arbitrary<@Nullable String> value = Arbitraries.of("1Gi", "2Gi", "2048Mi").injectNull(0.3);
    return Combinators.combine(value, value, value, value)
        .as(
            (a, b, c, d) ->
                List.of(
                    change(MEMORY, a, b, ValueType.string),
                    change(REQUEST, c, d, ValueType.string)));
  }

  @Provide
  Arbitrary<LiveObject> lives() {
    return Arbitraries.of(
            "",
            "resources: {}",
            "resources: {limits: {memory: 1Gi}}",
            "resources: {requests: {memory: 2Gi}}",
            "resources: {limits: {memory: 2Gi}, requests: {memory: 1Gi}}")
        .map(
            resources ->
                YamlText.object(
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: api, namespace: shop, uid: u, resourceVersion: "1"}
                    spec: {template: {spec: {containers: [{name: api, %s}]}}}
                    """
                        .formatted(resources)));
  }

  private static Change change(
      String path, @Nullable String before, @Nullable String after, ValueType type) {
    return Change.of(path, before, after, type);
  }
}
