// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.act.patch.ChangedObject;
import io.heal8s.operator.act.patch.ObjectPatch;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.ObjectPatchRequest.Kind;
import io.heal8s.operator.intent.ReadVersion;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.patchresource.PatchPlanner;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.testing.Rem;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type of patch on a real API server: tried out, sent, and taken back to exactly what was
 * there. What the patch does not touch (a password among the variables) is told nowhere.
 */
@RealCluster
class PatchesOnApiServerTest {

  private static final String UNTOUCHED = "hunter2";

  private final TestCluster cluster;
  private final ClusterReader reader;
  private final ClusterObjectPatcher patcher;
  private final ClusterPatcher undoer;
  private final Query.Get get;

  PatchesOnApiServerTest(TestCluster cluster) {
    KubernetesApi admin = new KubernetesApi(cluster.admin(), Duration.ofSeconds(10));
    this.cluster = cluster;
    this.reader = new ClusterReader(admin);
    this.patcher = new ClusterObjectPatcher(admin);
    this.undoer = new ClusterPatcher(admin);
    this.get = new Query.Get("apps/v1", "Deployment", cluster.namespace(), "api");
  }

  @BeforeEach
  void aDeploymentAndAnAccount() {
    cluster.applyText(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, labels: {level: info}, annotations: {note: here}}
        spec:
          replicas: 1
          strategy: {type: Recreate}
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec:
              containers:
                - name: api
                  image: "api:1"
                  args: [--password=hunter2, --level=info]
                  env:
                    - {name: FIRST, value: "1"}
                    - {name: PASSWORD, value: hunter2}
                    - {name: LAST, value: "3"}
                - {name: proxy, image: "proxy:1"}
        ---
        {apiVersion: v1, kind: ServiceAccount, metadata: {name: runner}}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: runner}
        rules: [{apiGroups: [apps], resources: [deployments], verbs: [get, patch]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: runner}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: runner}
        subjects: [{kind: ServiceAccount, name: runner, namespace: %s}]
        """
            .formatted(cluster.namespace()));
  }

  private record Case(Kind kind, String patch, String path, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  private static Case strategic(String containers, String path, String because) {
    String patch = "{spec: {template: {spec: {" + containers + "}}}}";
    return new Case(Kind.Strategic, patch, path, because);
  }

  private static Case json(String steps, String path, String because) {
    return new Case(Kind.Json, steps, path, because);
  }

  static Stream<Case> cases() {
    String env = "/spec/template/spec/containers/0/env";
    String variable = "spec.template.spec.containers[name=api].env[name=%s]";
    String args = "spec.template.spec.containers[name=api].args[%d]";
    return Stream.of(
        strategic(
            "containers: [{name: api, env: [{name: NEW, value: x}]}]",
            variable.formatted("NEW"),
            "a variable comes"),
        strategic(
            "containers: [{name: api, env: [{name: FIRST, $patch: delete}]}]",
            variable.formatted("FIRST"),
            "the first variable goes"),
        strategic(
            "containers: [{name: api, env: [{name: LAST, valueFrom: {fieldRef: {fieldPath:"
                + " 'metadata.name'}}, value: null}]}]",
            variable.formatted("LAST") + ".value",
            "a variable gets its value from elsewhere"),
        strategic(
            "containers: [{name: proxy, $patch: delete}, {name: side, image: 'side:1'}]",
            "spec.template.spec.containers[name=side]",
            "one container for another"),
        strategic(
            "volumes: [{name: tmp, emptyDir: {}}], containers: [{name: api, volumeMounts: [{name:"
                + " tmp, mountPath: '/tmp'}]}]",
            "spec.template.spec.volumes",
            "a volume and its mount"),
        new Case(
            Kind.Strategic,
            "{spec: {strategy: {$retainKeys: [type, rollingUpdate], type: RollingUpdate,"
                + " rollingUpdate: {maxSurge: 2}}}}",
            "spec.strategy.rollingUpdate",
            "a union with a directive"),
        json("[{op: remove, path: '" + env + "/2'}]", variable.formatted("LAST"), "the last goes"),
        json(
            "[{op: add, path: '" + env + "/1', value: {name: MIDDLE, value: x}}]",
            variable.formatted("MIDDLE"),
            "one comes between others"),
        json(
            "[{op: test, path: '/metadata/labels/level', value: info}, {op: replace, path:"
                + " '/metadata/labels/level', value: debug}]",
            "metadata.labels.level",
            "a test that holds"),
        json(
            "[{op: move, from: '/metadata/labels/level', path: '/metadata/labels/moved'}]",
            "metadata.labels.moved",
            "a move"),
        json(
            "[{op: copy, from: '/metadata/labels/level', path: '/metadata/annotations/copied'}]",
            "metadata.annotations.copied",
            "a copy"),
        json(
            "[{op: add, path: '/spec/template/spec/containers/0/args/-', value: '--verbose'}]",
            args.formatted(2),
            "an argument comes at the end"),
        json(
            "[{op: replace, path: '/spec/template/spec/containers/0/args/1', value: '--level=debug'}]",
            args.formatted(1),
            "an argument changes"),
        new Case(
            Kind.Merge,
            "{metadata: {labels: {level: null, other: x}}, spec: {paused: true}}",
            "spec.paused",
            "labels come and go"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTakenBackToExactlyWhatWasThere(Case row) {
    ObjectPatchRequest patch = request(row);
    LiveObject before = read();
    Draft.Run planned = (Draft.Run) plan(patch, before);
    assertThat(planned.changes()).extracting(Change::path).contains(row.path());
    assertThat(planned.changes().toString() + planned.diff()).doesNotContain(UNTOUCHED);

    patcher.patch(new Effect.Patch(patch, target(before), before.version(), "runner"), "key");
    LiveObject after = read();
    assertThat(content(after)).as("the patch was made").isNotEqualTo(content(before));

    ObjectPatch undo = ObjectPatch.undo(planned.changes(), after);
    assertThat(undo).isInstanceOf(ObjectPatch.Ready.class);
    ChangedObject object = new ChangedObject("apps/v1", "Deployment", cluster.namespace(), "api");
    undoer.patch(object, ((ObjectPatch.Ready) undo).operations(), "runner").orThrow();
    assertThat(content(read())).isEqualTo(content(before));
  }

  @Test
  void aTestThatDoesNotHoldIsRefusedBeforehand() {
    ObjectPatchRequest patch =
        new ObjectPatchRequest(
            Kind.Json,
            JsonParser.parseString("[{op: test, path: '/metadata/labels/level', value: debug}]"));
    assertThat(plan(patch, read()))
        .isInstanceOfSatisfying(
            Draft.Refused.class,
            refused -> assertThat(refused.verdict().message()).contains("does not fit"));
  }

  /** The trial of what was read is no trial of what somebody wrote meanwhile. */
  @Test
  void aWriteOfSomebodyElseIsNotTakenForOurs() {
    for (String patch : List.of("{}", "[]")) {
      ObjectPatchRequest request =
          new ObjectPatchRequest(
              patch.equals("[]") ? Kind.Json : Kind.Merge, JsonParser.parseString(patch));
      ReadVersion older = new ReadVersion(read().uid(), "1", true);
      assertThat(reader.read(new Query.Patched("runner", get, request, older)))
          .isInstanceOf(Reading.Failed.class);
    }
  }

  private static ObjectPatchRequest request(Case row) {
    return new ObjectPatchRequest(row.kind(), JsonParser.parseString(row.patch()));
  }

  private Draft plan(ObjectPatchRequest patch, LiveObject live) {
    PlanRequest request =
        new PlanRequest(
            Rem.fresh("a").as("runner").build(),
            target(live),
            live,
            EffectivePolicy.DEFAULT,
            "test");
    Known known = Known.NOTHING;
    Draft draft = PatchPlanner.draft(request, patch, known);
    while (draft instanceof Draft.Needs needs) {
      for (Query query : needs.queries()) {
        known = known.with(query, objects(query));
      }
      draft = PatchPlanner.draft(request, patch, known);
    }
    return draft;
  }

  private List<LiveObject> objects(Query query) {
    Reading reading = reader.read(query);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).objects();
  }

  private LiveObject read() {
    return objects(get).getFirst();
  }

  private ResolvedTarget target(LiveObject live) {
    return new ResolvedTarget(
        "apps/v1", "Deployment", cluster.namespace(), "api", live.uid(), null);
  }

  private static JsonObject content(LiveObject live) {
    JsonObject content = live.json().deepCopy();
    content.remove("status");
    JsonObject metadata = content.getAsJsonObject("metadata");
    List.of("resourceVersion", "generation", "managedFields").forEach(metadata::remove);
    metadata.getAsJsonObject("annotations").remove("heal8s.io/patch-key");
    return content;
  }
}
