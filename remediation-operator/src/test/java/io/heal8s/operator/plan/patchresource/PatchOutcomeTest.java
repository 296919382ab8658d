// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PatchOutcomeTest {

  private static final PatchedFields NAMES_NOTHING = new PatchedFields(List.of());

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
                "one that comes is told alone, whatever stands in the others",
                "{env: [{name: a, value: '1'}]}",
                "{env: [{name: b, value: '2'}, {name: a, value: '1'}]}",
                List.of("env[name=b] json null -> {\"name\":\"b\",\"value\":\"2\"} at 0")),
            new Case(
                "the last that goes is told first, so that they are put back in their order",
                "{env: [{name: a}, {name: b}, {name: c}, {name: d}]}",
                "{env: [{name: c}, {name: e}]}",
                List.of(
                    "env[name=d] json {\"name\":\"d\"} -> null at 3",
                    "env[name=b] json {\"name\":\"b\"} -> null at 1",
                    "env[name=a] json {\"name\":\"a\"} -> null at 0",
                    "env[name=e] json null -> {\"name\":\"e\"} at 1")),
            new Case(
                "another order is another list",
                "{env: [{name: a}, {name: b}]}",
                "{env: [{name: b}, {name: a}]}",
                List.of(
                    "env json [{\"name\":\"a\"},{\"name\":\"b\"}] ->"
                        + " [{\"name\":\"b\"},{\"name\":\"a\"}]")),
            new Case(
                "a list that came can only be taken away as a whole",
                "{spec: {}}",
                "{spec: {args: [a]}}",
                List.of("spec.args json null -> [\"a\"]")),
            new Case(
                "one argument of many",
                "{args: ['--password=x', '--level=info']}",
                "{args: ['--password=x', '--level=debug']}",
                List.of("args[1] string --level=info -> --level=debug")),
            new Case(
                "a field of one port",
                "{ports: [{containerPort: 80}, {containerPort: 81}]}",
                "{ports: [{containerPort: 80}, {containerPort: 82}]}",
                List.of("ports[1].containerPort integer 81 -> 82")),
            new Case(
                "arguments at the end",
                "{args: [a, b, c]}",
                "{args: [a]}",
                List.of("args[2] json \"c\" -> null at 2", "args[1] json \"b\" -> null at 1")),
            new Case(
                "in the middle nothing tells them apart",
                "{args: [a, b]}",
                "{args: [b]}",
                List.of("args json [\"a\",\"b\"] -> [\"b\"]")),
            new Case(
                "what is written with every patch is no change",
                "{metadata: {name: a}}",
                "{metadata: {name: a, annotations: {'heal8s.io/patch-key': k}}}",
                List.of()),
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
    return switch (outcome(before, after)) {
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
                          + change.after()
                          + (change.position() == null ? "" : " at " + change.position()))
              .toList();
      case PatchOutcome.TooMuch(String why) -> List.of(why);
    };
  }

  private static PatchOutcome outcome(String before, String after) {
    return PatchOutcome.of(object(before), object(after), Optional.empty(), NAMES_NOTHING);
  }

  private static LiveObject object(String json) {
    return new LiveObject(JsonParser.parseString(json).getAsJsonObject());
  }

  @Test
  void whatDoesNotFitIntoAStatusIsSaid() {
    String many =
        IntStream.range(0, 65).mapToObj(i -> "k" + i + ": v").collect(Collectors.joining(","));
    assertThat(outcome("{data: {a: b}}", "{data: {a: b," + many + "}}"))
        .isEqualTo(new PatchOutcome.TooMuch("it changes more than 64 values, too many to keep"));
    assertThat(outcome("{data: {}}", "{data: {a: '" + "x".repeat(70_000) + "'}}"))
        .isInstanceOf(PatchOutcome.TooMuch.class);
  }

  /** A webhook that writes something with every write, and what it may not hide. */
  @Test
  void whatChangesWithAnyWriteIsNoDoingOfThePatch() {
    LiveObject live = object("{data: {a: x, seen: never}}");
    LiveObject patched = object("{data: {a: y, seen: 'at 7'}}");
    Optional<LiveObject> untouched = Optional.of(object("{data: {a: z, seen: 'at 6'}}"));
    PatchedFields fields = new PatchedFields(List.of(List.of("data", "a")));
    assertThat(PatchOutcome.of(live, patched, untouched, fields))
        .isEqualTo(
            new PatchOutcome.Exact(
                List.of(Change.of("data.a", "x", "y", Change.ValueType.string))));
  }
}
