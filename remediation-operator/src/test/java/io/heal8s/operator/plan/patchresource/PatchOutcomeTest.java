// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PatchOutcomeTest {

  private record Case(String because, String before, String after, List<String> changes) {}

  @TestFactory
  Stream<DynamicTest> changes() {
    return Stream.of(
            new Case(
                "a value is told by its path",
                "{spec: {replicas: 1, paused: false}}",
                "{spec: {replicas: 2, paused: false}}",
                List.of("spec.replicas integer 1 -> 2")),
            new Case(
                "what the server keeps by itself is no change",
                "{metadata: {resourceVersion: '1', generation: 1, managedFields: []}, status: {a: 1}}",
                "{metadata: {resourceVersion: '2', generation: 2, managedFields: [{}]}}",
                List.of()),
            new Case(
                "others add their own annotations to a map that just came",
                "{metadata: {name: a}}",
                "{metadata: {name: a, annotations: {'a/b': x, c: y}}}",
                List.of(
                    "metadata.annotations.a/b string null -> x",
                    "metadata.annotations.c string null -> y")),
            new Case(
                "a map of maps can only be taken away as a whole",
                "{spec: {}}",
                "{spec: {probe: {http: {port: 80}, period: 10}}}",
                List.of("spec.probe json null -> {\"http\":{\"port\":80},\"period\":10}")),
            new Case(
                "a map with fields of Kubernetes is one value, or its undo would leave an empty one",
                "{spec: {strategy: {type: Recreate}}}",
                "{spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}}",
                List.of(
                    "spec.strategy.rollingUpdate json null -> {\"maxSurge\":1}",
                    "spec.strategy.type string Recreate -> RollingUpdate")),
            new Case(
                "one that becomes another is two",
                "{probe: {exec: {a: b}}}",
                "{probe: {httpGet: {port: 80}}}",
                List.of(
                    "probe.exec json {\"a\":\"b\"} -> null",
                    "probe.httpGet json null -> {\"port\":80}")),
            new Case(
                "limits are told one by one",
                "{resources: {}}",
                "{resources: {limits: {cpu: '1', memory: 1Gi}}}",
                List.of(
                    "resources.limits.cpu string null -> 1",
                    "resources.limits.memory string null -> 1Gi")),
            new Case(
                "elements with names are told one by one",
                "{spec: {containers: [{name: a, image: 'x:1'}, {name: b, image: 'y:1'}]}}",
                "{spec: {containers: [{name: a, image: 'x:1'}, {name: b, image: 'y:2'}]}}",
                List.of("spec.containers[name=b].image string y:1 -> y:2")),
            new Case(
                "where one comes, the place in the list counts too",
                "{env: [{name: a, value: '1'}]}",
                "{env: [{name: b, value: '2'}, {name: a, value: '1'}]}",
                List.of(
                    "env json [{\"name\":\"a\",\"value\":\"1\"}] ->"
                        + " [{\"name\":\"b\",\"value\":\"2\"},{\"name\":\"a\",\"value\":\"1\"}]")),
            new Case(
                "a list without keys is one value",
                "{args: [a, b]}",
                "{args: [a]}",
                List.of("args json [\"a\",\"b\"] -> [\"a\"]")),
            new Case(
                "a number that becomes a text is no text that was there before",
                "{maxSurge: 1}",
                "{maxSurge: '25%'}",
                List.of("maxSurge json 1 -> \"25%\"")),
            new Case(
                "a value that goes",
                "{data: {a: x, b: y}}",
                "{data: {b: y}}",
                List.of("data.a string x -> null")))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.because(),
                    () -> {
                      assertThat(shown(one.before(), one.after())).isEqualTo(one.changes());
                      // What was put back is what was there.
                      assertThat(shown(one.after(), one.before())).hasSameSizeAs(one.changes());
                    }));
  }

  private static List<String> shown(String before, String after) {
    return switch (PatchOutcome.of(object(before), object(after))) {
      case PatchOutcome.Nothing() -> List.of();
      case PatchOutcome.Exact(List<Change> changes) ->
          changes.stream()
              .map(
                  change ->
                      change.path()
                          + " "
                          + change.type()
                          + " "
                          + change.before()
                          + " -> "
                          + change.after())
              .toList();
      case PatchOutcome.TooMuch(String why) -> List.of(why);
    };
  }

  private static LiveObject object(String json) {
    return new LiveObject(JsonParser.parseString(json).getAsJsonObject());
  }

  @Test
  void whatDoesNotFitIntoAStatusIsSaid() {
    String many =
        IntStream.range(0, 65).mapToObj(i -> "k" + i + ": v").collect(Collectors.joining(","));
    assertThat(PatchOutcome.of(object("{data: {a: b}}"), object("{data: {a: b," + many + "}}")))
        .isEqualTo(new PatchOutcome.TooMuch("it changes more than 64 values, too many to keep"));
    assertThat(
            PatchOutcome.of(
                object("{data: {}}"), object("{data: {a: '" + "x".repeat(70_000) + "'}}")))
        .isInstanceOf(PatchOutcome.TooMuch.class);
  }
}
