// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.contract.InputPluginContract;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.RealSink;
import io.heal8s.resource.testing.Samples;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RealCluster
class KubernetesInputContractTest extends InputPluginContract {

  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: databases.resources.heal8s.io}
      spec:
        group: resources.heal8s.io
        scope: Namespaced
        names: {kind: Database, plural: databases, singular: database}
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
                status: {type: object, x-kubernetes-preserve-unknown-fields: true}
      """;

  private static final String ACCOUNT =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: reader}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: reader}
      rules:
      - apiGroups: [resources.heal8s.io]
        resources: [databases]
        verbs: [get, list, patch]
      - apiGroups: [resources.heal8s.io]
        resources: [databases/status]
        verbs: [patch]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: reader}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
      subjects:
      - {kind: ServiceAccount, name: reader, namespace: NAMESPACE}
      """;

  private final TestCluster cluster;
  private final KubernetesApi admin;
  private final CustomKinds.Type type = new CustomKinds.Type("Database", "v1");

  KubernetesInputContractTest(TestCluster cluster) {
    this.cluster = cluster;
    this.admin = new KubernetesApi(cluster.admin(), Duration.ofSeconds(10));
    cluster.applyText(DEFINITION);
    cluster.applyText(ACCOUNT.replace("NAMESPACE", cluster.namespace()));
  }

  @AfterEach
  void forget() {
    for (String name : Set.of("a", "b", "c", "bad")) {
      find(name)
          .ifPresent(
              object -> {
                new CustomObjects(admin).release(type, object);
                unwant(name);
              });
    }
  }

  @Override
  protected InputPlugin plugin() {
    return new KubernetesInput();
  }

  @Override
  protected PluginEnvironment environment() {
    return GivenEnvironment.of(
        Map.of(
            "kubeconfig",
            cluster.kubeconfigFor(cluster.namespace(), "reader").toString(),
            "namespace",
            cluster.namespace(),
            "types",
            "Database/v1",
            "interval",
            "0.2"));
  }

  @Override
  protected void want(String name, int size) {
    database(name, Integer.toString(size));
  }

  private void database(String name, String size) {
    cluster.applyText(
        """
        apiVersion: resources.heal8s.io/v1
        kind: Database
        metadata:
          name: %s
          annotations: {resources.heal8s.io/action-plugin: instant}
        spec: {size: %s}
        """
            .formatted(name, size));
  }

  @Override
  protected void babble() {
    database("bad", "large");
  }

  @Override
  protected boolean unwant(String name) {
    new KubernetesWriter(admin, "test")
        .delete(type.kind(), new ObjectKey(cluster.namespace(), name), Precondition.NONE);
    return true;
  }

  private Optional<JsonNode> find(String name) {
    Optional<JsonObject> found =
        Objects.requireNonNull(
            new KubernetesReader(admin)
                .get(type.kind(), new ObjectKey(cluster.namespace(), name))
                .orNull());
    return found.map(object -> JsonMapper.shared().readTree(object.toString()));
  }

  private JsonNode condition(String name) {
    return find(name).orElseThrow().path("status").path("conditions").path(0);
  }

  @Test
  void howItIsIsShownAndItsEndIsWaitedFor(Database database) {
    try (RealSink sink = new RealSink(database);
        KubernetesInput plugin = new KubernetesInput()) {
      plugin.open(environment());
      plugin.start(sink.of("kubernetes"));
      want("a", 1);
      await().until(() -> condition("a").path("reason").asString("").equals("Reconciling"));
      assertThat(find("a").orElseThrow().path("status").path("phase").asString())
          .isEqualTo("pending");

      database("a", "huge");
      await().until(() -> condition("a").path("reason").asString("").equals("Refused"));
      assertThat(condition("a").path("message").asString())
          .startsWith("Spec validation failed: size");
      assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
      await().until(() -> !plugin.health().healthy());

      want("a", 2);
      await().until(() -> sink.sizes().equals(Map.of("a", 2)));
      await().until(() -> condition("a").path("reason").asString("").equals("Reconciling"));
      String version = version("a");
      await().during(Duration.ofMillis(700)).until(() -> version("a").equals(version));

      unwant("a");
      await().until(() -> condition("a").path("reason").asString("").equals("Deleting"));
      Resource resource = sink.resources().findByName("Database", "v1", "a").orElseThrow();
      sink.resources().changeFinalizers(resource.id(), Set.of(), Set.copyOf(resource.finalizers()));
      await().until(() -> find("a").isEmpty());
    }
  }

  @Test
  void anObjectStaysUntilWhatItWasMigratedToIsDestroyed(Database database) {
    try (RealSink sink = new RealSink(database);
        KubernetesInput plugin = new KubernetesInput()) {
      plugin.open(environment());
      plugin.start(sink.of("kubernetes"));
      want("a", 1);
      await().until(() -> condition("a").path("reason").asString("").equals("Reconciling"));
      sink.storeAsV2();
      sink.migrate();
      assertDestroyedBeforeItGoes(sink);
    }
  }

  @Test
  void anObjectStaysUntilItsResourceIsDestroyedThoughNothingLeadsToItsVersionAnyMore(
      Database database) {
    try (RealSink sink = new RealSink(database);
        KubernetesInput plugin = new KubernetesInput()) {
      plugin.open(environment());
      plugin.start(sink.of("kubernetes"));
      want("a", 1);
      await().until(() -> condition("a").path("reason").asString("").equals("Reconciling"));
      sink.storeAsV2();
      sink.migrate();
      sink.forgetConversions();
      await().until(() -> condition("a").path("reason").asString("").equals("Refused"));
      assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
      assertDestroyedBeforeItGoes(sink);
    }
  }

  @Test
  void whatATypeBroughtThatIsReadNoMoreStays(Database database) {
    try (RealSink sink = new RealSink(database);
        KubernetesInput plugin = new KubernetesInput()) {
      sink.alsoKeep("Cache");
      String source =
          CustomKinds.read(environment().settings())
              .map(kinds -> kinds.source(kinds.connect()))
              .orElseThrow();
      InputSink.Receipt earlier =
          sink.of("kubernetes")
              .apply(
                  new InputSink.Wanted(
                      new InputSink.Key("Cache", "v1", "c"),
                      "instant",
                      Samples.json("{\"size\":9}"),
                      Samples.json("{}"),
                      Map.of(),
                      new InputSink.Origin(source, "c")));
      assertThat(earlier).isInstanceOf(InputSink.Receipt.Accepted.class);
      plugin.open(environment());
      plugin.start(sink.of("kubernetes"));
      want("a", 1);
      await().until(() -> sink.sizes().containsKey("a"));
      // Each look lets go what is not there after it delivered.
      want("b", 2);
      await().until(() -> sink.sizes().containsKey("b"));
      assertThat(sink.sizes()).isEqualTo(Map.of("a", 1, "b", 2, "c", 9));
    }
  }

  private void assertDestroyedBeforeItGoes(RealSink sink) {
    unwant("a");
    await().until(() -> condition("a").path("reason").asString("").equals("Deleting"));
    Resource resource = sink.resources().findByName("Database", "v2", "a").orElseThrow();
    assertThat(resource.deletedAt()).isNotNull();
    sink.resources().changeFinalizers(resource.id(), Set.of(), Set.copyOf(resource.finalizers()));
    await().until(() -> find("a").isEmpty());
  }

  private String version(String name) {
    return find(name).orElseThrow().path("metadata").path("resourceVersion").asString("");
  }
}
