// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.OwnWrites;
import io.heal8s.core.observe.Store;
import io.heal8s.core.observe.Watched;
import io.heal8s.core.runtime.ManualExecutor;
import io.heal8s.core.runtime.ManualScheduler;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two controllers share one status on a real API server. */
@RealCluster
class StatusWriterTest {

  record ThingStatus(
      @Nullable String phase,
      @Nullable OffsetDateTime at,
      @Nullable String foreign,
      @Nullable List<Condition> conditions) {}

  record Thing(
      @Nullable String apiVersion,
      @Nullable String kind,
      V1ObjectMeta metadata,
      @Nullable ThingStatus status)
      implements KubernetesObject {
    @Override
    public V1ObjectMeta getMetadata() {
      return metadata;
    }

    @Override
    public @Nullable String getApiVersion() {
      return apiVersion;
    }

    @Override
    public @Nullable String getKind() {
      return kind;
    }
  }

  private static final ResourceType<Thing> THINGS =
      ResourceType.namespaced(Thing.class, "status.example", "v1", "Thing", "things");
  private static final ThingStatus NOTHING = new ThingStatus(null, null, null, null);
  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-01T12:00:00Z");

  private final KubernetesApi api;
  private final OwnWrites ownWrites;
  private final StatusWriter<Thing> operator;
  private final StatusWriter<Thing> forge;
  private ObjectKey key = new ObjectKey("", "");

  StatusWriterTest(TestCluster cluster) {
    cluster.applyText(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: things.status.example}
        spec:
          group: status.example
          scope: Namespaced
          names: {kind: Thing, plural: things}
          versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  status:
                    type: object
                    properties:
                      phase: {type: string}
                      foreign: {type: string}
                      at: {type: string, format: date-time}
                      conditions:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [type]
                        items:
                          type: object
                          required: [type, status]
                          properties:
                            type: {type: string}
                            status: {type: string}
                            reason: {type: string}
                            message: {type: string}
                            observedGeneration: {type: integer}
                            lastTransitionTime: {type: string, format: date-time}
        """);
    this.api = new KubernetesApi(cluster.admin(), Duration.ofSeconds(10));
    ManualScheduler time = new ManualScheduler();
    Store<Thing> store =
        new Informers(api, time, new ManualExecutor(), new Random(1))
            .watch(Watched.required(THINGS));
    this.ownWrites = new OwnWrites(store, time);
    this.operator = new StatusWriter<>(THINGS, new ServerSideApplier(api, "operator"), ownWrites);
    this.forge = new StatusWriter<>(THINGS, new ServerSideApplier(api, "forge"), ownWrites);
  }

  @BeforeEach
  void thing(TestCluster own) {
    key = new ObjectKey(own.namespace(), "t");
    Thing thing =
        new Thing(
            THINGS.apiVersion(),
            "Thing",
            new V1ObjectMeta().namespace(own.namespace()).name("t"),
            null);
    new KubernetesWriter(api, "test").create(THINGS, thing).orThrow();
  }

  @Test
  void equalStatusIsNotWritten() {
    ThingStatus wanted = new ThingStatus("Pending", NOON, null, List.of(condition("Ready")));
    assertThat(operator.write(read(), NOTHING, wanted))
        .isEqualTo(new StatusWriter.Written.Changed());
    Thing written = read();

    ThingStatus spelledOtherwise =
        new ThingStatus(
            "Pending",
            OffsetDateTime.parse("2026-03-01T13:00:00+01:00"),
            null,
            List.of(condition("Ready")));
    assertThat(operator.write(written, status(written), spelledOtherwise))
        .isEqualTo(new StatusWriter.Written.Unchanged());
    assertThat(version(read())).isEqualTo(version(written));
  }

  @Test
  void eachControllerWritesItsOwnPartAndRemovesOnlyThat() {
    operator.write(read(), NOTHING, new ThingStatus("P", NOON, null, List.of(condition("Mine"))));
    forge.write(read(), NOTHING, new ThingStatus(null, null, "pr", List.of(condition("Theirs"))));
    assertThat(status(read()).conditions())
        .extracting(Condition::type)
        .containsExactlyInAnyOrder("Mine", "Theirs");

    ThingStatus own = new ThingStatus("P", NOON, null, List.of(condition("Mine")));
    operator.write(read(), own, new ThingStatus("Q", null, null, List.of()));
    ThingStatus left = status(read());
    assertThat(left.phase()).isEqualTo("Q");
    assertThat(left.at()).as("because the operator sends it no more").isNull();
    assertThat(left.foreign()).as("because it is the forge's").isEqualTo("pr");
    assertThat(left.conditions()).extracting(Condition::type).containsExactly("Theirs");
  }

  @Test
  void writeOnAnObjectThatChangedSinceItWasReadIsRefused() {
    Thing read = read();
    forge.write(read, NOTHING, new ThingStatus(null, null, "pr", null));

    assertThat(operator.write(read, NOTHING, new ThingStatus("P", null, null, null)))
        .isInstanceOfSatisfying(
            StatusWriter.Written.Refused.class,
            refused -> assertThat(refused.failure()).isInstanceOf(ApiFailure.Conflict.class));
    assertThat(status(read()).phase()).isNull();
  }

  @Test
  void writeHoldsTheKeyBackUntilTheCacheShowsIt() {
    assertThat(ownWrites.behind(key)).isFalse();
    operator.write(read(), NOTHING, new ThingStatus("P", null, null, null));

    assertThat(ownWrites.behind(key)).as("because nothing is watched in this test").isTrue();
  }

  private Thing read() {
    return new KubernetesReader(api).get(THINGS, key).orThrow().orElseThrow();
  }

  private static ThingStatus status(Thing thing) {
    return Objects.requireNonNullElse(thing.status(), NOTHING);
  }

  private static @Nullable String version(Thing thing) {
    return thing.metadata().getResourceVersion();
  }

  private static Condition condition(String type) {
    return new Condition(type, Condition.Status.True, 1L, NOON, "Why", "text");
  }
}
