// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.operator.fakecluster.YamlText;
import io.heal8s.operator.target.LiveObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectPatchTest {

  private static final String POD = "spec.template.spec.";
  private static final String LIMIT = POD + "containers[name=api].resources.limits.memory";
  private static final String REQUEST = POD + "containers[name=api].resources.requests.memory";
  private static final String BARE_LIMIT = POD + "containers[name=bare].resources.limits.memory";
  private static final String BARE_REQUEST =
      POD + "containers[name=bare].resources.requests.memory";
  private static final String ANNOTATION =
      "spec.template.metadata.annotations[\"kubectl.kubernetes.io/restartedAt\"]";

  private static final String YAML =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: api, namespace: shop, uid: u-1, resourceVersion: "77", generation: 4}
      spec:
        replicas: 3
        template:
          metadata: {labels: {app: api}}
          spec:
            containers:
              - {name: bare, image: "bare:1"}
              - name: api
                image: "api:1"
                resources: {limits: {memory: 256Mi, cpu: "1"}, requests: {memory: 256Mi}}
      """;

  private static final LiveObject LIVE = YamlText.object(YAML);

  record Case(List<Change> changes, List<String> writes, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            List.of(text(LIMIT, "256Mi", "320Mi")),
            List.of("replace /spec/template/spec/containers/1/resources/limits/memory \"320Mi\""),
            "a value is replaced"),
        new Case(
            List.of(text(LIMIT, "0.25Gi", "320Mi")),
            List.of("replace /spec/template/spec/containers/1/resources/limits/memory \"320Mi\""),
            "before is compared by value"),
        new Case(
            List.of(text(BARE_LIMIT, null, "320Mi"), text(BARE_REQUEST, null, "64Mi")),
            List.of(
                "add /spec/template/spec/containers/0/resources {}",
                "add /spec/template/spec/containers/0/resources/limits {}",
                "add /spec/template/spec/containers/0/resources/limits/memory \"320Mi\"",
                "add /spec/template/spec/containers/0/resources/requests {}",
                "add /spec/template/spec/containers/0/resources/requests/memory \"64Mi\""),
            "a missing parent is created once"),
        new Case(
            List.of(new Change("spec.replicas", "3", "5", ValueType.integer, null, null, null)),
            List.of("replace /spec/replicas 5"),
            "an integer is a number"),
        new Case(
            List.of(new Change("spec.paused", null, "true", ValueType.bool, null, null, null)),
            List.of("add /spec/paused true"),
            "a boolean is a boolean"),
        new Case(
            List.of(text(ANNOTATION, null, "2026-03-01T10:00:00Z")),
            List.of(
                "add /spec/template/metadata/annotations {}",
                "add /spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt"
                    + " \"2026-03-01T10:00:00Z\""),
            "a slash in a key is escaped"),
        new Case(
            List.of(text(REQUEST, "256Mi", null)),
            List.of("remove /spec/template/spec/containers/1/resources/requests/memory"),
            "no value afterwards is a removal"),
        new Case(
            List.of(text(LIMIT, "128Mi", "256Mi"), text(REQUEST, "256Mi", "320Mi")),
            List.of("replace /spec/template/spec/containers/1/resources/requests/memory \"320Mi\""),
            "what is done already is left alone"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesExactlyWhatIsMissing(Case example) {
    JsonArray patch = ready(ObjectPatch.apply(example.changes(), LIVE));
    assertThat(writes(patch)).isEqualTo(example.writes());
    LiveObject patched = StrictJsonPatch.apply(patch, LIVE);
    assertThat(ChangesState.of(example.changes(), patched)).isEqualTo(new ChangesState.AllAfter());
    assertThat(ObjectPatch.apply(example.changes(), patched))
        .isEqualTo(new ObjectPatch.NothingLeft());
  }

  @Test
  void testsEverythingItReliesOnBeforeTheFirstWrite() {
    List<Change> changes = List.of(text(LIMIT, "256Mi", "320Mi"), text(REQUEST, "256Mi", "320Mi"));
    JsonArray patch = ready(ObjectPatch.apply(changes, LIVE));
    assertThat(lines(patch))
        .containsExactly(
            "test /metadata/resourceVersion \"77\"",
            "test /metadata/uid \"u-1\"",
            "test /spec/template/spec/containers/1/name \"api\"",
            "test /spec/template/spec/containers/1/resources/limits/memory \"256Mi\"",
            "test /spec/template/spec/containers/1/resources/requests/memory \"256Mi\"",
            "replace /spec/template/spec/containers/1/resources/limits/memory \"320Mi\"",
            "replace /spec/template/spec/containers/1/resources/requests/memory \"320Mi\"");
  }

  record Moved(String from, String to, String refusedAt, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Moved> moved() {
    String container = "/spec/template/spec/containers/1";
    return Stream.of(
        new Moved("\"77\"", "\"78\"", "/metadata/resourceVersion", "anybody wrote since"),
        new Moved("uid: u-1", "uid: u-2", "/metadata/uid", "another object of the same name"),
        new Moved("name: api\n", "name: web\n", container + "/name", "other containers"),
        new Moved(
            "limits: {memory: 256Mi",
            "limits: {memory: 300Mi",
            container + "/resources/limits/memory",
            "somebody set the value"));
  }

  @ParameterizedTest
  @MethodSource("moved")
  void aPatchForAnOlderReadIsRefused(Moved example) {
    JsonArray patch = ready(ObjectPatch.apply(List.of(text(LIMIT, "256Mi", "320Mi")), LIVE));
    LiveObject now = YamlText.object(YAML.replace(example.from(), example.to()));
    assertThatThrownBy(() -> StrictJsonPatch.apply(patch, now))
        .isInstanceOf(StrictJsonPatch.Refused.class)
        .hasMessage("test failed: " + example.refusedAt());
  }

  @Test
  void whatSomebodyElseWroteIsNotOverwritten() {
    assertThat(ObjectPatch.apply(List.of(text(LIMIT, "512Mi", "640Mi")), LIVE))
        .isInstanceOfSatisfying(
            ObjectPatch.Differs.class,
            differs ->
                assertThat(differs.differences())
                    .containsExactly(LIMIT + " is 256Mi, neither 512Mi nor 640Mi"));
  }

  @Test
  void aContainerThatIsGoneIsNotMadeUp() {
    String gone = POD + "containers[name=gone].resources.limits.memory";
    assertThat(ObjectPatch.apply(List.of(text(gone, null, "64Mi")), LIVE))
        .isInstanceOfSatisfying(
            ObjectPatch.Differs.class,
            differs -> assertThat(differs.differences().getFirst()).contains("[name=gone]"));
  }

  @Test
  void aValueThatIsNoNumberIsNotSent() {
    Change wrong = new Change("spec.replicas", "3", "five", ValueType.integer, null, null, null);
    assertThat(ObjectPatch.apply(List.of(wrong), LIVE)).isInstanceOf(ObjectPatch.Differs.class);
  }

  @Test
  void theUndoRestoresWhatWas() {
    for (Case example : cases().toList()) {
      LiveObject patched =
          StrictJsonPatch.apply(ready(ObjectPatch.apply(example.changes(), LIVE)), LIVE);
      List<Change> done = example.changes().stream().filter(change -> !doneBefore(change)).toList();
      LiveObject restored = StrictJsonPatch.apply(ready(ObjectPatch.undo(done, patched)), patched);
      assertThat(ChangesState.of(done, restored)).isEqualTo(new ChangesState.AllBefore());
      assertThat(ObjectPatch.undo(done, restored)).isEqualTo(new ObjectPatch.NothingLeft());
    }
  }

  private static boolean doneBefore(Change change) {
    return ChangesState.of(List.of(change), LIVE) instanceof ChangesState.AllAfter;
  }

  @Test
  void theUndoWritesNothingWhereSomebodyChangedTheValueSince() {
    List<Change> changes = List.of(text(LIMIT, "128Mi", "192Mi"));
    assertThat(ObjectPatch.undo(changes, LIVE))
        .isInstanceOfSatisfying(
            ObjectPatch.Differs.class,
            differs -> assertThat(differs.differences().getFirst()).contains("is 256Mi"));
  }

  private static Change text(String path, @Nullable String before, @Nullable String after) {
    return Change.of(path, before, after, ValueType.string);
  }

  private static JsonArray ready(ObjectPatch patch) {
    if (patch instanceof ObjectPatch.Ready(JsonArray operations)) {
      return operations;
    }
    throw new AssertionError("no patch but " + patch);
  }

  private static List<String> writes(JsonArray patch) {
    return lines(patch).stream().filter(line -> !line.startsWith("test ")).toList();
  }

  private static List<String> lines(JsonArray patch) {
    List<String> lines = new ArrayList<>();
    for (JsonElement one : patch) {
      JsonElement value = one.getAsJsonObject().get("value");
      lines.add(
          one.getAsJsonObject().get("op").getAsString()
              + " "
              + one.getAsJsonObject().get("path").getAsString()
              + (value == null ? "" : " " + value));
    }
    return lines;
  }
}
