// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.core.effect.JsonPatch;
import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The caches on a real API server, and what becomes of them when it fails. */
@RealCluster
class RealServerWatchTest {

  private static final ResourceType<V1ConfigMap> MAPS =
      ResourceType.namespaced(V1ConfigMap.class, "", "v1", "ConfigMap", "configmaps");
  private static final ResourceType<JsonObject> WIDGETS =
      ResourceType.untyped("watch.example", "v1", "Widget", "widgets", true);

  private final SystemScheduler scheduler = new SystemScheduler();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Informers> started = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(Informers::stop);
    threads.shutdownNow();
    scheduler.close();
  }

  @Test
  void storeFollowsTheServer(TestCluster cluster) {
    Writer writer = new Writer(cluster.admin(), cluster.namespace());
    writer.create("before", Map.of("owner", "x"));
    Informers informers = informers(cluster.admin());
    Store<V1ConfigMap> store =
        informers.watch(
            Watched.required(MAPS)
                .only(Selector.namespace(cluster.namespace()))
                .indexedBy(
                    "owner",
                    map ->
                        map.getData() == null ? List.of() : List.copyOf(map.getData().values())));
    List<Change<V1ConfigMap>> changes = new CopyOnWriteArrayList<>();
    store.onChange(changes::add);
    assertThat(informers.synced()).isFalse();
    informers.start();
    await().until(informers::synced);
    assertThat(store.get(writer.key("before"))).isPresent();

    writer.create("after", Map.of("owner", "y"));
    await().until(() -> store.byIndex("owner", "y").size() == 1);
    writer.patch("after", JsonPatch.EMPTY.replace("/data/owner", "z"));
    await().until(() -> store.byIndex("owner", "z").size() == 1);
    assertThat(store.byIndex("owner", "y")).isEmpty();
    writer.delete("after");
    await().until(() -> store.get(writer.key("after")).isEmpty());

    // They are told of a moment after the store has them.
    await()
        .untilAsserted(
            () ->
                assertThat(changes)
                    .filteredOn(change -> change.key().name().equals("after"))
                    .hasSize(3)
                    .noneMatch(Change::listed));
    assertThat(changes)
        .filteredOn(change -> change.key().name().equals("before"))
        .singleElement()
        .matches(Change::listed, "told as found by a list");
    assertThat(store.all())
        .allSatisfy(
            map -> assertThat(MAPS.metadata().apply(map).getManagedFields()).isNullOrEmpty());
  }

  @Test
  void kindWhoseCrdAppearsLaterIsWatchedThenAndForgottenWithIt(TestCluster cluster) {
    Informers informers = informers(cluster.admin());
    Store<V1ConfigMap> maps =
        informers.watch(Watched.required(MAPS).only(Selector.namespace(cluster.namespace())));
    Store<JsonObject> widgets = informers.watch(Watched.optional(WIDGETS));
    informers.start();
    await().until(informers::synced);
    await()
        .until(() -> informers.states().get("widgets.watch.example") instanceof SyncState.Missing);
    assertThat(maps.resourceVersion()).isNotEmpty();

    cluster.applyText(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.watch.example}
        spec:
          group: watch.example
          scope: Namespaced
          names: {kind: Widget, plural: widgets}
          versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        """);
    cluster.applyText("{apiVersion: watch.example/v1, kind: Widget, metadata: {name: w}}");
    await().until(() -> widgets.get(new ObjectKey(cluster.namespace(), "w")).isPresent());

    var crds =
        ResourceType.untyped(
            "apiextensions.k8s.io",
            "v1",
            "CustomResourceDefinition",
            "customresourcedefinitions",
            false);
    new KubernetesWriter(api(cluster.admin()), "test")
        .delete(crds, ObjectKey.cluster("widgets.watch.example"), Precondition.NONE)
        .orThrow();
    await().until(() -> widgets.size() == 0);
    assertThat(informers.synced()).as("because optional kinds gate nothing").isTrue();
  }

  @Test
  void accountThatGetsItsRightsLaterRecoversByItself(TestCluster cluster) {
    Informers informers = informers(cluster.asUser("late-" + cluster.namespace()));
    Store<V1ConfigMap> store =
        informers.watch(Watched.required(MAPS).only(Selector.namespace(cluster.namespace())));
    informers.start();
    await()
        .until(
            () ->
                informers.states().values().stream()
                    .anyMatch(SyncState.Forbidden.class::isInstance));
    assertThat(informers.synced()).isFalse();

    new Writer(cluster.admin(), cluster.namespace()).create("a", Map.of());
    cluster.applyText(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: late}
        rules: [{apiGroups: [""], resources: [configmaps], verbs: [list, watch]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: late}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: late}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: "late-%s"}]
        """
            .formatted(cluster.namespace()));
    await().until(informers::synced);
    assertThat(store.get(new ObjectKey(cluster.namespace(), "a"))).isPresent();
  }

  @Test
  void serverThatCrashesOrHangsIsWatchedOnFromWhereItWas() {
    try (Cluster own = Cluster.start(ClusterOptions.api())) {
      ApiClient admin = new ClusterAccess(own).admin();
      Writer writer = new Writer(admin, "default");
      Informers informers = informers(admin);
      Duration silence = Duration.ofSeconds(3);
      Watched<V1ConfigMap> watched = Watched.required(MAPS).only(Selector.namespace("default"));
      Store<V1ConfigMap> store =
          informers.watch(
              watched,
              new ApiListWatch<>(api(admin), MAPS, watched.selector(), new Random(1), silence));
      informers.start();
      await().until(informers::synced);

      own.stopApiServer();
      await()
          .until(
              () ->
                  informers.states().values().stream()
                      .anyMatch(SyncState.Unreachable.class::isInstance));
      assertThat(informers.synced()).as("because the cache is complete, only old").isTrue();
      own.startApiServer();
      writer.create("after-crash", Map.of());
      await().until(() -> store.get(writer.key("after-crash")).isPresent());

      own.pauseApiServer();
      // Nothing tells a hanging server from a quiet one but the silence.
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () ->
                  informers.states().values().stream()
                      .anyMatch(SyncState.Unreachable.class::isInstance));
      own.resumeApiServer();
      writer.create("after-hang", Map.of());
      await().until(() -> store.get(writer.key("after-hang")).isPresent());
    }
  }

  private Informers informers(ApiClient client) {
    Informers informers = new Informers(api(client), scheduler, threads, new Random(1));
    started.add(informers);
    return informers;
  }

  private static KubernetesApi api(ApiClient client) {
    return new KubernetesApi(client, Duration.ofSeconds(10));
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
  }

  private record Writer(ApiClient client, String namespace) {

    ObjectKey key(String name) {
      return new ObjectKey(namespace, name);
    }

    void create(String name, Map<String, String> data) {
      V1ObjectMeta metadata = new V1ObjectMeta().namespace(namespace).name(name);
      new KubernetesWriter(api(client), "test")
          .create(MAPS, new V1ConfigMap().metadata(metadata).data(data))
          .orThrow();
    }

    void patch(String name, JsonPatch patch) {
      new JsonPatcher(api(client), "test")
          .patch(MAPS, key(name), Precondition.NONE, patch)
          .orThrow();
    }

    void delete(String name) {
      new KubernetesWriter(api(client), "test")
          .delete(MAPS, key(name), Precondition.NONE)
          .orThrow();
    }
  }
}
