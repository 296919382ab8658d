// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.Parts;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.operator.cluster.StoredRemediations;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The actions of TargetApps under the account and the rights of the operator's chart. */
@RealCluster(parts = Parts.FULL)
@TestInstance(Lifecycle.PER_CLASS)
class ActionsOnClusterTest {

  private static final String SYSTEM = "heal8s-system";
  private static final Path CHARTS = Path.of("../charts").toAbsolutePath().normalize();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final ResourceType<JsonObject> PODS =
      ResourceType.untyped("", "v1", "Pod", "pods", true);

  private final KubernetesApi admin;
  private final ConfigurableApplicationContext operator;
  private final HttpServer receiver;
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final Queue<String> keys = new ConcurrentLinkedQueue<>();

  private String namespace = "";

  ActionsOnClusterTest(TestCluster cluster) throws IOException {
    this.admin = new KubernetesApi(cluster.admin(), Duration.ofSeconds(10));
    this.receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    cluster.applyText("{apiVersion: v1, kind: Namespace, metadata: {name: " + SYSTEM + "}}");
    cluster.applyText(chart("crds"));
    cluster.applyText(chart("remediation-operator"));
    this.operator =
        new SpringApplicationBuilder(RemediationOperatorApplication.class)
            .run(
                "--heal8s.kubernetes.kubeconfig="
                    + cluster.kubeconfigFor(SYSTEM, "heal8s-operator"),
                "--heal8s.kubernetes.namespace=" + SYSTEM,
                "--heal8s.management.port=0",
                "--server.address=127.0.0.1",
                "--heal8s.leader-election.enabled=true",
                "--heal8s.operator.webhooks.schemes=http",
                "--heal8s.operator.webhooks.ports=" + receiver.getAddress().getPort(),
                "--heal8s.operator.webhooks.allowed-cidrs=127.0.0.1/32");
  }

  private static String chart(String name) {
    return HelmChart.of(CHARTS.resolve(name), Programs.ofThisUser()).render();
  }

  @AfterAll
  void stop() {
    operator.close();
    receiver.stop(0);
  }

  @BeforeEach
  void aWorkload(TestCluster cluster) {
    this.namespace = cluster.namespace();
    received.clear();
    keys.clear();
    cluster.applyText(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          replicas: 2
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [{name: api, image: "api:1"}]}
        ---
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          allow: {unapproved: [{detector: Alert}]}
          serviceAccountName: runner
          verify: {healthyFor: 1s, window: 2m}
          cooldown: 1s
        ---
        {apiVersion: v1, kind: ServiceAccount, metadata: {name: runner}}
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: cfg}, data: {mode: fast}}
        ---
        {apiVersion: v1, kind: Secret, metadata: {name: db}, stringData: {password: OLDVALUE}}
        """);
    await().atMost(TIMEOUT).until(() -> readyPods().size() == 2);
  }

  private Set<String> readyPods() {
    return new KubernetesReader(admin)
        .list(PODS, Selector.namespace(namespace).withLabels("app=api")).orThrow().stream()
            .map(LiveObject::new)
            .filter(pod -> pod.text("metadata.deletionTimestamp").isEmpty())
            .filter(pod -> pod.text("status.conditions[type=Ready].status").equals("True"))
            .map(LiveObject::uid)
            .collect(Collectors.toSet());
  }

  private void create(TestCluster cluster, String name, String target, String action) {
    cluster.applyText(
        """
        apiVersion: k8shealer.k8s-healer.io/v1alpha1
        kind: Remediation
        metadata: {name: %s}
        spec:
          alert: {name: AppUnhealthy, fingerprint: f1, source: alertmanager, severity: critical}
          target: {%s, namespace: %s}
          action: %s
          strategy: {mode: Direct, requireApproval: false}
        """
            .formatted(name, target, namespace, action));
  }

  private RemediationStatus status(String name) {
    return new KubernetesReader(admin)
        .get(StoredRemediations.TYPE, new ObjectKey(namespace, name))
        .orThrow()
        .map(Remediation::statusOrEmpty)
        .orElseThrow();
  }

  private Plan plan(String name) {
    return Objects.requireNonNull(status(name).plan());
  }

  private LiveObject object(String group, String kind, String plural, String name) {
    return new LiveObject(
        new KubernetesReader(admin)
            .get(
                ResourceType.untyped(group, "v1", kind, plural, true),
                new ObjectKey(namespace, name))
            .orThrow()
            .orElseThrow());
  }

  private void awaitReason(String name, String reason) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(status(name).reason()).as(status(name).message()).isEqualTo(reason));
  }

  @Test
  void scalesToANumberAndDown(TestCluster cluster) {
    create(
        cluster, "a", "kind: Deployment, name: api", "{type: ScaleTo, arguments: {replicas: 3}}");
    awaitReason("a", "Healthy");
    assertThat(object("apps", "Deployment", "deployments", "api").text("spec.replicas"))
        .isEqualTo("3");

    create(cluster, "b", "kind: Deployment, name: api", "{type: ScaleTo, params: {replicas: '0'}}");
    awaitReason("b", "Healthy");
    assertThat(object("apps", "Deployment", "deployments", "api").text("spec.replicas"))
        .isEqualTo("0");
  }

  @Test
  void restartsEveryPodWithinItsDisruptionBudget(TestCluster cluster) {
    String budget =
        """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: api}
        spec: {maxUnavailable: %d, selector: {matchLabels: {app: api}}}
        """;
    cluster.applyText(budget.formatted(0));
    await()
        .atMost(TIMEOUT)
        .until(
            () ->
                object("policy", "PodDisruptionBudget", "poddisruptionbudgets", "api")
                    .text("status.expectedPods")
                    .equals("2"));
    Set<String> before = readyPods();
    // Kubernetes counts creations in seconds; a pod of the same second is no old one.
    await().atMost(TIMEOUT).until(() -> secondIsOver());

    create(cluster, "a", "kind: Deployment, name: api", "{type: RestartPods}");
    awaitReason("a", "DisruptionBudget");
    assertThat(readyPods()).isEqualTo(before);

    cluster.applyText(budget.formatted(1));
    awaitReason("a", "Healthy");
    assertThat(readyPods()).hasSize(2).doesNotContainAnyElementsOf(before);
  }

  private boolean secondIsOver() {
    return new KubernetesReader(admin)
        .list(PODS, Selector.namespace(namespace)).orThrow().stream()
            .map(LiveObject::new)
            .allMatch(
                pod ->
                    java.time.Instant.parse(pod.text("metadata.creationTimestamp"))
                        .plusSeconds(2)
                        .isBefore(java.time.Instant.now()));
  }

  @Test
  void callsTheWebhookOfATargetApp(TestCluster cluster) {
    String action =
        """
        {"trigger": {"field": "health", "condition": "equals", "value": "bad"},
         "action": "webhook",
         "parameters": {"url": "http://127.0.0.1:%d/T0/TOKEN", "payload": {"text": "{{tapp_name}}"}}}
        """
            .formatted(receiver.getAddress().getPort());
    cluster.applyText(
        """
        apiVersion: operator.kco.local/v1alpha1
        kind: TargetApp
        metadata: {name: web}
        spec: {selector: {matchLabels: {app: api}}, stateQuery: "{health}", actions: [%s]}
        """
            .formatted(action));
    String from =
        "{type: CallWebhook, argumentsFrom: {kind: TargetApp, name: web, actionIndex: 0, sha256: '%s'}}";
    String target = "apiVersion: operator.kco.local/v1alpha1, kind: TargetApp, name: web";
    create(cluster, "a", target, from.formatted(ActionDigest.of(JsonParser.parseString(action))));
    create(cluster, "b", target, from.formatted("0".repeat(64)));

    awaitReason("a", "Delivered");
    awaitReason("b", "ArgumentsChanged");
    assertThat(received).hasSize(1);
    JsonObject body = JsonParser.parseString(received.element()).getAsJsonObject();
    assertThat(body.get("text").getAsString()).isEqualTo("web");
    assertThat(body.getAsJsonObject("trigger").get("field").getAsString()).isEqualTo("health");
    assertThat(keys.element()).contains("/Apply/");
    assertThat(status("a").toString()).doesNotContain("TOKEN");
  }

  /**
   * A pod of the node's own network answers for a Service of the namespace: nothing resolves its
   * name here, so it was found by what the API server says.
   */
  @Test
  void callsAServiceOfItsOwnNamespace(TestCluster cluster) {
    int port = receiver.getAddress().getPort();
    cluster.applyText(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: hook}
        spec: {clusterIP: None, selector: {app: hook}, ports: [{port: %d}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: hook, labels: {app: hook}}
        spec: {hostNetwork: true, containers: [{name: hook, image: "hook:1"}]}
        """
            .formatted(port));
    String call = "{type: CallWebhook, arguments: {url: 'http://%s:%d/x'}}";
    String target = "kind: Deployment, name: api";
    create(cluster, "a", target, call.formatted("hook." + namespace + ".svc", port));
    awaitReason("a", "Delivered");
    assertThat(received).hasSize(1);

    create(cluster, "b", target, call.formatted("169.254.169.254", port));
    awaitReason("b", "ApplyRefused");
    assertThat(status("b").message()).contains("metadata service");
    assertThat(received).hasSize(1);
  }

  private void letTheOperatorBeTheAccount(TestCluster cluster) {
    cluster.applyText(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: impersonate}
        rules:
          - {apiGroups: [""], resources: [serviceaccounts], resourceNames: [runner],
             verbs: [impersonate]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: impersonate}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: impersonate}
        subjects: [{kind: ServiceAccount, name: heal8s-operator, namespace: %s}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: runner}
        rules:
          - {apiGroups: [""], resources: [configmaps, secrets], verbs: [get, patch]}
          - {apiGroups: [apps], resources: [deployments], verbs: [get, patch]}
          - {apiGroups: [""], resources: [pods/exec], verbs: [get, create]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: runner}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: runner}
        subjects: [{kind: ServiceAccount, name: runner, namespace: %s}]
        """
            .formatted(SYSTEM, namespace));
  }

  @Test
  void patchesAsTheAccountAndShowsNoSecret(TestCluster cluster) {
    String cfg = "apiVersion: v1, kind: ConfigMap, name: cfg";
    create(
        cluster, "a", cfg, "{type: PatchResource, arguments: {patchData: {data: {mode: slow}}}}");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(status("a").message()).contains("--verb=impersonate"));

    letTheOperatorBeTheAccount(cluster);
    create(
        cluster,
        "b",
        cfg,
        "{type: PatchResource, arguments: {patchData: [{op: add, path: /data/x, value: 'y'}]}}");
    awaitReason("b", "Patched");
    assertThat(object("", "ConfigMap", "configmaps", "cfg").text("data.x")).isEqualTo("y");
    assertThat(plan("b").changes().getFirst().path()).isEqualTo("data.x");
    assertThat(plan("b").undo()).startsWith("none: a ConfigMap has no health");

    create(
        cluster,
        "c",
        "apiVersion: v1, kind: Secret, name: db",
        "{type: PatchResource, arguments: {patchData: {data: {password: TkVXVkFMVUU=}}}}");
    awaitReason("c", "Patched");
    assertThat(object("", "Secret", "secrets", "db").text("data.password"))
        .isEqualTo("TkVXVkFMVUU=");
    assertThat(status("c").toString())
        .contains("data.password: ***")
        .doesNotContain("TkVXVkFMVUU", "T0xEVkFMVUU", "OLDVALUE");
  }

  /** A label of the template, an added variable and a probe, put into a rollout that never ends. */
  @Test
  void takesAPatchBackExactly(TestCluster cluster) {
    letTheOperatorBeTheAccount(cluster);
    cluster.applyText(
        """
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          allow: {unapproved: [{detector: Alert}]}
          serviceAccountName: runner
          verify: {healthyFor: 1s, window: 5s}
        """);
    JsonObject before = template();
    String patch =
        """
        {type: PatchResource, arguments: {patchType: strategic, patchData: {spec: {template: {
          metadata: {labels: {level: debug}},
          spec: {nodeSelector: {nowhere: "true"}, containers: [{name: api, env: [{name: A, value: b}],
            readinessProbe: {httpGet: {path: /, port: 80}}}]}}}}}}
        """
            .replace("\n", " ");
    create(cluster, "a", "kind: Deployment, name: api", patch);
    awaitReason("a", "Verifying");
    assertThat(template().toString()).contains("nowhere", "readinessProbe", "debug");
    assertThat(plan("a").undo()).startsWith("Patch the object").contains("nodeSelector");

    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(status("a").phase())
                    .as(status("a").message())
                    .isEqualTo(Phase.RolledBack));
    assertThat(template()).isEqualTo(before);
  }

  private JsonObject template() {
    return object("apps", "Deployment", "deployments", "api")
        .json()
        .getAsJsonObject("spec")
        .getAsJsonObject("template");
  }

  /** Defaults that came with another strategy must go with it, or the API server refuses it. */
  @Test
  void takesAStrategyBackAndRefusesWhatCannotBe(TestCluster cluster) {
    letTheOperatorBeTheAccount(cluster);
    cluster.applyText(
        """
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          allow: {unapproved: [{detector: Alert}]}
          serviceAccountName: runner
          verify: {healthyFor: 1s, window: 5s}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 1
          strategy: {type: Recreate}
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "web:1"}]}
        """);
    String web = "kind: Deployment, name: web";
    create(
        cluster,
        "a",
        "kind: Deployment, name: api",
        "{type: PatchResource, arguments: {patchData: {spec: {selector: {matchLabels: {app: x}}}}}}");
    awaitReason("a", "PatchRefused");
    assertThat(status("a").message()).contains("immutable");

    JsonObject before = spec("web");
    create(
        cluster,
        "b",
        web,
        "{type: PatchResource, arguments: {patchData: {spec: {strategy: {type: RollingUpdate},"
            + " template: {spec: {nodeSelector: {nowhere: 'true'}}}}}}}");
    awaitReason("b", "Verifying");
    assertThat(spec("web").toString()).contains("maxSurge", "nowhere");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(status("b").phase())
                    .as(status("b").message())
                    .isEqualTo(Phase.RolledBack));
    assertThat(spec("web")).isEqualTo(before);
  }

  private JsonObject spec(String deployment) {
    return object("apps", "Deployment", "deployments", deployment).json().getAsJsonObject("spec");
  }

  /**
   * The node of this cluster runs no program: seen here are the rights up to the kubelet, and that
   * no success is told. Commands that run are in {@link ExecOnClusterTest}.
   */
  @Test
  void runsACommandOnlyAsTheAccount(TestCluster cluster) {
    String exec = "{type: ExecCommand, arguments: {command: [flush], timeout: 5}}";
    create(cluster, "a", "kind: Deployment, name: api", exec);
    awaitReason("a", "ApplyRefused");
    assertThat(status("a").message()).contains("impersonate", "--resource-name=");

    letTheOperatorBeTheAccount(cluster);
    create(cluster, "b", "kind: Deployment, name: api", exec);
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(status("b").phase()).isEqualTo(Phase.Failed));
    assertThat(status("b").message()).contains("0 of 2 pods").doesNotContain("impersonate");
  }
}
