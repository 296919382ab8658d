// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.Samples;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@RealCluster
class KubernetesPluginTest {

  static final String ACCOUNT =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: applier}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: applier}
      rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get, create, patch, delete]
      - apiGroups: [apps]
        resources: [deployments]
        verbs: [get, create, patch, delete]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: applier}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: applier}
      subjects:
      - {kind: ServiceAccount, name: applier, namespace: NAMESPACE}
      """;

  private static final String SETTINGS =
      """
      {"apiVersion":"v1","kind":"ConfigMap",
       "metadata":{"name":"{{name}}-settings","labels":{"app":"shop"}},
       "data":{"size":"{{spec.size}}","motto":"{{spec.motto}} of {{name}}"}}
      """;
  private static final String EXTRA =
      "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"extra\"},\"data\":{\"a\":\"b\"}}";

  private final TestCluster cluster;
  private final ClusterObjects admin;
  private final KubernetesPlugin plugin = new KubernetesPlugin();

  KubernetesPluginTest(TestCluster cluster) {
    this.cluster = cluster;
    this.admin = new ClusterObjects(new KubernetesApi(cluster.admin(), Duration.ofSeconds(10)));
  }

  @BeforeEach
  void open() {
    cluster.applyText(ACCOUNT.replace("NAMESPACE", cluster.namespace()));
    plugin.open(
        GivenEnvironment.of(
            Map.of(
                "kubeconfig", cluster.kubeconfigFor(cluster.namespace(), "applier").toString())));
  }

  @AfterEach
  void close() {
    plugin.close();
  }

  private ActionRequest request(String spec, String... manifests) {
    return new ActionRequest(
        7,
        "shop",
        "Shop",
        "v1",
        1,
        Samples.json(spec),
        Samples.json(
            "{\"namespace\":\"%s\",\"manifests\":[%s]}"
                .formatted(cluster.namespace(), String.join(",", manifests))),
        Samples.json("{}"),
        Samples.json("{}"),
        "7-1-1");
  }

  private static final String SPEC = "{\"size\":\"5\",\"motto\":\"a: b\\n- {{name}}\"}";

  private Optional<JsonNode> find(String name) {
    return Objects.requireNonNull(
        admin.get(new Member("v1", "ConfigMap", cluster.namespace(), name)).orNull());
  }

  private static Step.Done done(Step step) {
    assertThat(step).isInstanceOf(Step.Done.class);
    return (Step.Done) step;
  }

  @Test
  void manifestsAreRenderedAppliedAndRemoved() {
    ActionRequest request = request(SPEC, SETTINGS, EXTRA);
    assertThat(plugin.validateSpec(request)).isEmpty();
    PlanResult.Changes plan = (PlanResult.Changes) plugin.plan(request);
    assertThat(plan.output())
        .isEqualTo(
            "create ConfigMap %1$s/shop-settings\ncreate ConfigMap %1$s/extra"
                .formatted(cluster.namespace()));
    assertThat(find("shop-settings")).as("a plan writes nothing").isEmpty();

    Step.Done applied = done(plugin.apply(request));
    assertThat(applied.changes()).isEqualTo(new Step.Changes(2, 0, 0));
    assertThat(Objects.requireNonNull(applied.outputs()).path("objects").size()).isEqualTo(2);
    JsonNode settings = find("shop-settings").orElseThrow();
    assertThat(settings.path("data").path("size").asString()).isEqualTo("5");
    assertThat(settings.path("data").path("motto").asString())
        .as("what stands in a spec is a value and no text of a manifest")
        .isEqualTo("a: b\n- {{name}} of shop");

    assertThat(done(plugin.apply(request)).changes()).isEqualTo(Step.Changes.NONE);
    assertThat(plugin.plan(request)).isInstanceOf(PlanResult.NoChanges.class);
    assertThat(version(find("shop-settings"))).isEqualTo(version(Optional.of(settings)));

    ActionRequest changed = request(SPEC.replace("\"5\"", "\"6\""), SETTINGS);
    assertThat(((PlanResult.Changes) plugin.plan(changed)).output())
        .isEqualTo(
            "change ConfigMap %1$s/shop-settings: data\ndelete ConfigMap %1$s/extra"
                .formatted(cluster.namespace()));
    assertThat(done(plugin.apply(changed)).changes()).isEqualTo(new Step.Changes(0, 1, 1));
    assertThat(find("extra")).as("what is no longer rendered is pruned").isEmpty();

    assertThat(removed(changed).changes().deleted()).isEqualTo(1);
    assertThat(find("shop-settings")).isEmpty();
    assertThat(find("heal8s-shop")).isEmpty();
    assertThat(removed(changed).changes()).isEqualTo(Step.Changes.NONE);
  }

  private static String version(Optional<JsonNode> object) {
    return object.orElseThrow().path("metadata").path("resourceVersion").asString("");
  }

  private Step.Done removed(ActionRequest request) {
    Step step = plugin.destroy(request);
    for (int i = 0; i < 100 && step instanceof Step.Running running; i++) {
      step = plugin.poll(request, running.handle());
    }
    return done(step);
  }

  @Test
  void whoeverWasKilledHalfWayLeavesNothingBehind() throws Exception {
    ActionRequest two = request(SPEC, SETTINGS, EXTRA);
    Pass pass =
        new Pass(
            new ClusterObjects(
                new KubernetesApi(
                    cluster.asServiceAccount(cluster.namespace(), "applier"),
                    Duration.ofSeconds(10))),
            two);
    // Killed after the first member: the parent names both, one is there, nothing is recorded.
    Plan plan = Plan.of(two);
    ApplySet set = pass.stored(plan.namespace());
    ApplySet both = set.with(plan.manifests().stream().map(Manifest::member).toList());
    admin.apply(both.parent(), both.content(two), null, false).orThrow();
    Manifest extra = plan.manifests().getLast();
    admin.apply(extra.member(), set.marked(extra.content()), null, false).orThrow();

    done(plugin.apply(request(SPEC, SETTINGS)));
    assertThat(find("extra")).isEmpty();
    removed(request(SPEC, SETTINGS));
  }

  /** The same resource in another namespace, as what its last success gave. */
  private static ActionRequest moved(ActionRequest request, JsonNode outputs) {
    return new ActionRequest(
        request.resourceId(),
        request.resourceName(),
        request.typeName(),
        request.typeVersion(),
        2,
        request.spec(),
        ((ObjectNode) request.pluginConfig().deepCopy()).put("namespace", "elsewhere"),
        request.typeMetadata(),
        outputs,
        "7-2-2");
  }

  @Test
  void aResourceStaysInItsNamespaceAndIsRemovedFromWhereItIs() {
    ActionRequest request = request(SPEC, SETTINGS);
    JsonNode outputs = Objects.requireNonNull(done(plugin.apply(request)).outputs());
    ActionRequest moved = moved(request, outputs);
    String refusal =
        "namespace is %s and cannot become elsewhere: put it back, or delete the resource and create it anew"
            .formatted(cluster.namespace());

    assertThat(((PlanResult.Failed) plugin.plan(moved)).message()).isEqualTo(refusal);
    assertThat(((Step.Failed) plugin.apply(moved)).message()).isEqualTo(refusal);
    assertThat(plugin.detectDrift(moved))
        .as("so that a plan is made, which tells it")
        .isEqualTo(new DriftResult.Drifted(refusal));
    assertThat(find("shop-settings")).isPresent();

    assertThat(removed(moved).changes().deleted()).isEqualTo(1);
    assertThat(find("shop-settings")).isEmpty();
    assertThat(find("heal8s-shop")).isEmpty();
  }

  @Test
  void whatIsStoredInAnotherVersionOfItsTypeIsStillItsOwn() {
    ActionRequest request = request(SPEC, SETTINGS);
    JsonNode outputs = Objects.requireNonNull(done(plugin.apply(request)).outputs());
    ActionRequest migrated =
        new ActionRequest(
            request.resourceId(),
            request.resourceName(),
            request.typeName(),
            "v2",
            1,
            request.spec(),
            request.pluginConfig(),
            request.typeMetadata(),
            outputs,
            "7-1-2");
    assertThat(plugin.plan(migrated)).isInstanceOf(PlanResult.NoChanges.class);
    assertThat(removed(migrated).changes().deleted()).isEqualTo(1);
    assertThat(find("heal8s-shop")).isEmpty();
  }

  @Test
  void aParentOfAnotherTypeIsSomebodyElses() {
    ActionRequest request = request(SPEC, SETTINGS);
    done(plugin.apply(request));
    ActionRequest other =
        new ActionRequest(
            8,
            request.resourceName(),
            "Market",
            "v1",
            1,
            request.spec(),
            request.pluginConfig(),
            request.typeMetadata(),
            Samples.json("{}"),
            "8-1-1");
    assertThat(((Step.Failed) plugin.apply(other)).message())
        .contains("heal8s-shop is there and belongs to Shop/v1 shop");
    removed(request);
  }

  @Test
  void aChangeOfTheNamespaceIsRefusedBeforeItIsStored() {
    ActionRequest request = request(SPEC, SETTINGS);
    ActionRequest neverReady = moved(request, Samples.json("{}"));
    assertThat(plugin.validateChange(request, neverReady))
        .as("something may be there though it was never ready")
        .singleElement()
        .asString()
        .startsWith("namespace is %s and cannot become elsewhere".formatted(cluster.namespace()));
    assertThat(plugin.validateChange(request, request(SPEC, SETTINGS, EXTRA))).isEmpty();
  }

  @Test
  void whatIsSomebodyElsesIsLeftAndNothingIsHalfDone() {
    cluster.applyText(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\ndata: {a: theirs}\n");
    Step step = plugin.apply(request(SPEC, SETTINGS, EXTRA));
    assertThat(((Step.Failed) step).message())
        .contains("/extra is there and not of this resource: give it another name, or label it");
    assertThat(find("shop-settings")).isEmpty();
    assertThat(find("heal8s-shop")).isEmpty();
    assertThat(removed(request(SPEC, EXTRA)).changes()).isEqualTo(Step.Changes.NONE);
    assertThat(find("extra").orElseThrow().path("data").path("a").asString()).isEqualTo("theirs");
  }

  @Test
  void whatTheAccountMayNotIsSaid() {
    Step step =
        plugin.apply(
            request(
                SPEC, "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"}}"));
    assertThat(((Step.Failed) step).message()).contains("cannot get resource \"secrets\"");
    assertThat(
            ((Step.Failed)
                    plugin.apply(
                        request(
                            SPEC,
                            "{\"apiVersion\":\"example.org/v1\",\"kind\":\"Nothing\",\"metadata\":{\"name\":\"s\"}}")))
                .message())
        .contains("the cluster has no kind Nothing in example.org/v1");
  }

  @Test
  void driftIsSeenAndNothingElseIsCalledDrift() {
    ActionRequest request = request(SPEC, SETTINGS);
    done(plugin.apply(request));
    assertThat(plugin.detectDrift(request)).isInstanceOf(DriftResult.InSync.class);
    cluster.applyText(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop-settings}\ndata: {more: x}\n");
    assertThat(plugin.detectDrift(request))
        .as("a field that is not ours")
        .isInstanceOf(DriftResult.InSync.class);
    JsonNode theirs = Samples.json("{\"data\":{\"size\":\"99\"}}");
    new Other(cluster).force("shop-settings", theirs);
    assertThat(((DriftResult.Drifted) plugin.detectDrift(request)).details())
        .isEqualTo("change ConfigMap %s/shop-settings: data".formatted(cluster.namespace()));
    done(plugin.apply(request));
    assertThat(plugin.detectDrift(request)).isInstanceOf(DriftResult.InSync.class);
    removed(request);
  }

  /** Somebody who takes our fields. */
  private record Other(TestCluster cluster) {
    void force(String name, JsonNode content) {
      new ServerSideApplier(new KubernetesApi(cluster.admin(), Duration.ofSeconds(10)), "somebody")
          .apply(
              ResourceType.untyped("", "v1", "ConfigMap", "configmaps", true),
              new ObjectKey(cluster.namespace(), name),
              Precondition.NONE,
              Map.of("data", JsonParser.parseString(content.path("data").toString())))
          .orThrow();
    }
  }

  @Test
  void aDeploymentIsWaitedForAndGivenUp() {
    String deployment =
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{name}}"},
         "spec":{"replicas":"{{spec.replicas}}","selector":{"matchLabels":{"app":"shop"}},
          "template":{"metadata":{"labels":{"app":"shop"}},
           "spec":{"containers":[{"name":"c","image":"shop:1"}]}}}}
        """;
    ActionRequest request = request("{\"replicas\":3}", deployment);
    Step.Running running = (Step.Running) plugin.apply(request);
    assertThat(running.message()).contains("Deployment shop");
    Step.Running still = (Step.Running) plugin.poll(request, running.handle());
    assertThat(plugin.cancel(request, still.handle())).isInstanceOf(Step.Done.class);

    JsonNode old =
        Samples.json(still.handle().toString().replaceFirst("\"since\":\\d+", "\"since\":1"));
    assertThat(((Step.Failed) plugin.poll(request, old)).message())
        .startsWith("not ready after 300s: Deployment shop");
    removed(request);
  }

  @Test
  void aWrongConfigurationIsRefusedBeforeAnythingIsStored() {
    assertThat(plugin.validateSpec(request("{}", SETTINGS)))
        .containsExactly("{{spec.size}}: the spec has no such field");
    assertThat(plugin.validateSpec(request(SPEC))).singleElement().asString().contains("manifests");
    assertThat(plugin.validateSpec(request(SPEC, "{\"kind\":\"ConfigMap\"}")))
        .containsExactly(
            "every manifest needs apiVersion, kind and metadata.name, none of them empty");
    assertThat(plugin.validateSpec(request(SPEC, EXTRA, EXTRA)))
        .singleElement()
        .asString()
        .endsWith("is there twice");
    assertThatThrownBy(
            () -> new KubernetesPlugin().open(GivenEnvironment.of(Map.of("kubeconfig", "/no"))))
        .hasMessageContaining("kubeconfig of kubernetes cannot be used");
  }
}
