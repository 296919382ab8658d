// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the appliers rely on, asked of a real API server. */
@RealCluster
class RealServerWritesTest {

  private static final ResourceType<V1ConfigMap> MAPS =
      ResourceType.namespaced(V1ConfigMap.class, "", "v1", "ConfigMap", "configmaps");
  private static final ResourceType<JsonObject> DEPLOYMENTS =
      ResourceType.untyped("apps", "v1", "Deployment", "deployments", true);

  private final TestCluster cluster;
  private final KubernetesApi api;
  private final KubernetesReader reader;
  private final KubernetesWriter writer;
  private final JsonPatcher patcher;
  private final ServerSideApplier applier;
  private ObjectKey key = new ObjectKey("", "");

  RealServerWritesTest(TestCluster cluster) {
    this.cluster = cluster;
    this.api = new KubernetesApi(cluster.admin(), Duration.ofSeconds(20));
    this.reader = new KubernetesReader(api);
    this.writer = new KubernetesWriter(api, "test-writer");
    this.patcher = new JsonPatcher(api, "test-patcher");
    this.applier = new ServerSideApplier(api, "test-applier");
  }

  @BeforeEach
  void namespace(TestCluster own) {
    key = new ObjectKey(own.namespace(), "a");
  }

  @Test
  void createTwiceSaysThatItExists() {
    assertThat(create(Map.of("x", "1"))).isInstanceOf(Answer.Ok.class);
    assertThat(create(Map.of("x", "1")).failureOrNull())
        .isInstanceOf(ApiFailure.AlreadyExists.class);
  }

  @Test
  void getDistinguishesAMissingObjectFromAMissingKind() {
    assertThat(reader.get(MAPS, key).orThrow()).isEmpty();
    var unknown = ResourceType.untyped("no.example", "v1", "Thing", "things", true);
    assertThat(reader.get(unknown, key).failureOrNull())
        .isInstanceOfSatisfying(
            ApiFailure.NotFound.class, missing -> assertThat(missing.kindMissing()).isTrue());
  }

  @Test
  void createInAMissingNamespaceNamesIt() {
    key = new ObjectKey("nowhere-at-all", "a");
    assertThat(create(Map.of()).failureOrNull())
        .isInstanceOfSatisfying(
            ApiFailure.NotFound.class,
            missing -> {
              assertThat(missing.namespaceMissing()).isTrue();
              assertThat(missing.name()).isEqualTo("nowhere-at-all");
            });
  }

  @Test
  void createInATerminatingNamespaceIsToldApart() {
    cluster.applyText(
        """
        {apiVersion: v1, kind: Namespace, metadata: {name: going-away, finalizers: [test.example/keep]}}
        """);
    var namespaces = ResourceType.untyped("", "v1", "Namespace", "namespaces", false);
    writer.delete(namespaces, ObjectKey.cluster("going-away"), Precondition.NONE).orThrow();
    key = new ObjectKey("going-away", "a");

    assertThat(create(Map.of()).failureOrNull())
        .isInstanceOf(ApiFailure.NamespaceTerminating.class);
    patcher
        .patch(
            namespaces,
            ObjectKey.cluster("going-away"),
            Precondition.NONE,
            JsonPatch.EMPTY.remove("/metadata/finalizers"))
        .orThrow();
  }

  @Test
  void objectThatTheSchemaRefusesIsInvalid() {
    V1ConfigMap wrong =
        new V1ConfigMap()
            .metadata(new V1ObjectMeta().namespace(key.namespace()).name("Not_A_Name"));
    assertThat(writer.create(MAPS, wrong).failureOrNull())
        .isInstanceOfSatisfying(
            ApiFailure.Invalid.class, bad -> assertThat(bad.message()).contains("Not_A_Name"));
  }

  @Test
  void accountWithoutRightsIsForbidden() {
    KubernetesApi poor =
        new KubernetesApi(cluster.asUser("nobody-special"), Duration.ofSeconds(20));
    assertThat(new KubernetesReader(poor).list(MAPS, Selector.ALL).failureOrNull())
        .isInstanceOf(ApiFailure.Forbidden.class);
  }

  @Test
  void patchHappensWhileItsTestsHold() {
    V1ConfigMap made = create(Map.of("x", "1", "y", "1")).orThrow();
    V1ConfigMap patched =
        patcher
            .patch(
                MAPS,
                key,
                Precondition.unchanged(meta(made)),
                JsonPatch.EMPTY.test("/data/x", "1").replace("/data/x", "2"))
            .orThrow();

    assertThat(patched.getData()).containsEntry("x", "2").containsEntry("y", "1");
  }

  @Test
  void patchWhoseTestFailsIsAConflictAndChangesNothing() {
    V1ConfigMap made = create(Map.of("x", "1")).orThrow();
    JsonPatch wrongValue = JsonPatch.EMPTY.test("/data/x", "9").replace("/data/x", "2");
    JsonPatch noSuchField = JsonPatch.EMPTY.remove("/data/z");
    JsonPatch unexpectedField = JsonPatch.EMPTY.test("/data/x", null).add("/data/x", "2");
    Precondition otherObject = new Precondition("11111111-0000-0000-0000-000000000000", null);
    Precondition olderVersion = new Precondition(null, "1");

    assertConflict(patcher.patch(MAPS, key, Precondition.NONE, wrongValue));
    assertConflict(patcher.patch(MAPS, key, Precondition.NONE, noSuchField));
    assertConflict(patcher.patch(MAPS, key, Precondition.NONE, unexpectedField));
    assertConflict(patcher.patch(MAPS, key, otherObject, JsonPatch.EMPTY.replace("/data/x", "2")));
    assertConflict(patcher.patch(MAPS, key, olderVersion, JsonPatch.EMPTY.replace("/data/x", "2")));
    assertThat(reader.get(MAPS, key).orThrow())
        .map(RealServerWritesTest::meta)
        .map(V1ObjectMeta::getResourceVersion)
        .isEqualTo(Optional.ofNullable(meta(made).getResourceVersion()));
  }

  @Test
  void fieldThatIsNotThereCanBeTestedFor() {
    create(Map.of("x", "1")).orThrow();
    JsonPatch insert = JsonPatch.EMPTY.test("/data/z", null).add("/data/z", "2");

    assertThat(patcher.patch(MAPS, key, Precondition.NONE, insert).orThrow().getData())
        .containsEntry("z", "2");
    assertConflict(patcher.patch(MAPS, key, Precondition.NONE, insert));
  }

  @Test
  void patchOfAMissingObjectIsNotFound() {
    assertThat(
            patcher
                .patch(MAPS, key, Precondition.NONE, JsonPatch.EMPTY.add("/data", Map.of()))
                .failureOrNull())
        .isInstanceOf(ApiFailure.NotFound.class);
  }

  @Test
  void applyOwnsItsFieldsAndLeavesThoseOfOthers() {
    V1ConfigMap made =
        writer
            .create(
                MAPS,
                new V1ConfigMap()
                    .metadata(
                        new V1ObjectMeta()
                            .namespace(key.namespace())
                            .name("a")
                            .addFinalizersItem("test.example/keep")
                            .addOwnerReferencesItem(
                                new V1OwnerReference()
                                    .apiVersion("v1")
                                    .kind("ConfigMap")
                                    .name("owner")
                                    .uid("11111111-0000-0000-0000-000000000000")))
                    .data(Map.of("theirs", "1")))
            .orThrow();
    Precondition unchanged = Precondition.unchanged(meta(made));
    applier.apply(MAPS, key, unchanged, Map.of("data", Map.of("a", "1", "b", "1"))).orThrow();
    V1ConfigMap applied =
        applier
            .apply(
                MAPS,
                key,
                Precondition.NONE,
                Map.of("metadata", new V1ObjectMeta(), "data", Map.of("a", "2")))
            .orThrow();

    assertThat(applied.getData()).isEqualTo(Map.of("theirs", "1", "a", "2"));
    assertThat(meta(applied).getFinalizers()).containsExactly("test.example/keep");
    assertThat(meta(applied).getOwnerReferences()).hasSize(1);
    assertConflict(applier.apply(MAPS, key, unchanged, Map.of("data", Map.of("a", "3"))));
    patcher
        .patch(MAPS, key, Precondition.NONE, JsonPatch.EMPTY.remove("/metadata/finalizers"))
        .orThrow();
  }

  @Test
  void applyNeverBringsBackAnObjectThatIsGone() {
    V1ConfigMap made = create(Map.of("x", "1")).orThrow();
    writer.delete(MAPS, key, Precondition.NONE).orThrow();

    assertConflict(
        applier.apply(
            MAPS, key, Precondition.sameObject(meta(made)), Map.of("data", Map.of("x", "2"))));
    assertThat(reader.get(MAPS, key).orThrow()).isEmpty();
  }

  @Test
  void deleteMeansOnlyTheObjectThatWasSeen() {
    V1ConfigMap made = create(Map.of()).orThrow();
    Precondition other = new Precondition("11111111-0000-0000-0000-000000000000", null);

    assertConflict(writer.delete(MAPS, key, other));
    assertThat(writer.delete(MAPS, key, Precondition.unchanged(meta(made))))
        .isInstanceOf(Answer.Ok.class);
    assertThat(writer.delete(MAPS, key, Precondition.NONE).failureOrNull())
        .isInstanceOf(ApiFailure.NotFound.class);
  }

  @Test
  void statusIsAppliedThroughItsSubresource() {
    JsonObject deployment =
        JsonParser.parseString(
                """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"%s"},
                 "spec":{"selector":{"matchLabels":{"x":"y"}},"template":{"metadata":{"labels":
                 {"x":"y"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
                """
                    .formatted(key.namespace()))
            .getAsJsonObject();
    JsonObject made = writer.create(DEPLOYMENTS, deployment).orThrow();
    JsonObject applied =
        applier
            .applyStatus(
                DEPLOYMENTS,
                key,
                Precondition.unchanged(DEPLOYMENTS.metadata().apply(made)),
                Map.of("observedGeneration", 1))
            .orThrow();

    assertThat(applied.getAsJsonObject("status").get("observedGeneration").getAsInt()).isEqualTo(1);
    assertThat(
            applier
                .applyStatus(
                    DEPLOYMENTS,
                    new ObjectKey(key.namespace(), "gone"),
                    Precondition.NONE,
                    Map.of("observedGeneration", 1))
                .failureOrNull())
        .as("because a status creates no object")
        .isInstanceOf(ApiFailure.NotFound.class);
  }

  @Test
  void listReadsEveryPageAndDropsManagedFields() {
    for (int i = 0; i < 7; i++) {
      key = new ObjectKey(key.namespace(), "m" + i);
      create(Map.of("i", "" + i)).orThrow();
    }
    Selector own = Selector.namespace(key.namespace());
    Page<V1ConfigMap> first = reader.page(MAPS, own, 3, null).orThrow();
    Page<V1ConfigMap> second = reader.page(MAPS, own, 3, first.next()).orThrow();

    assertThat(first.items()).hasSize(3);
    assertThat(second.items()).hasSize(3);
    assertThat(first.next()).isNotNull();
    assertThat(first.resourceVersion()).isEqualTo(second.resourceVersion());
    List<V1ConfigMap> all = reader.list(MAPS, own).orThrow();
    assertThat(all).hasSizeGreaterThanOrEqualTo(7);
    assertThat(all).allMatch(map -> meta(map).getManagedFields() == null);
  }

  @Test
  void serverThatDoesNotAnswerIsAFailureThatMayPass() {
    var nobody = new io.kubernetes.client.openapi.ApiClient().setBasePath("http://127.0.0.1:1");
    KubernetesApi dead = new KubernetesApi(nobody, Duration.ofSeconds(5));

    assertThat(new KubernetesReader(dead).get(MAPS, key).failureOrNull())
        .isInstanceOfSatisfying(
            ApiFailure.Transient.class,
            failure -> assertThat(failure.message()).contains("http://127.0.0.1:1"));
  }

  private Answer<V1ConfigMap> create(Map<String, String> data) {
    V1ObjectMeta metadata = new V1ObjectMeta().namespace(key.namespace()).name(key.name());
    return writer.create(MAPS, new V1ConfigMap().metadata(metadata).data(data));
  }

  private static V1ObjectMeta meta(V1ConfigMap map) {
    return MAPS.metadata().apply(map);
  }

  private static void assertConflict(Answer<?> answer) {
    assertThat(answer.failureOrNull()).isInstanceOf(ApiFailure.Conflict.class);
  }
}
