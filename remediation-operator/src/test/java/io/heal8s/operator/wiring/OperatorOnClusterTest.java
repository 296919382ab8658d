// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.effect.JsonPatch;
import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.Parts;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.testing.Rem;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole operator under the account and the rights of its chart, on a real control plane with
 * its admission policies, rollouts and pods.
 */
@RealCluster(parts = Parts.FULL)
@TestInstance(Lifecycle.PER_CLASS)
class OperatorOnClusterTest {

  private static final String SYSTEM = "heal8s-system";
  private static final Path CHARTS = Path.of("../charts").toAbsolutePath().normalize();
  private static final ResourceType<JsonObject> DEPLOYMENT =
      ResourceType.untyped("apps", "v1", "Deployment", "deployments", true);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final TestCluster shared;
  private final ConfigurableApplicationContext operator;

  private String namespace = "";
  private KubernetesApi admin;

  OperatorOnClusterTest(TestCluster cluster) {
    this.shared = cluster;
    this.admin = new KubernetesApi(cluster.admin(), Duration.ofSeconds(10));
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
                "--heal8s.leader-election.enabled=true");
  }

  private static String chart(String name) {
    return HelmChart.of(CHARTS.resolve(name), Programs.ofThisUser()).render();
  }

  @BeforeAll
  void start() {
    assertThat(operator.isRunning()).isTrue();
  }

  @AfterAll
  void stop() {
    operator.close();
  }

  @BeforeEach
  void aWorkload(TestCluster cluster) {
    this.namespace = cluster.namespace();
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
            spec:
              containers:
                - {name: api, image: "api:1",
                   resources: {limits: {memory: 256Mi}, requests: {memory: 256Mi}}}
        ---
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          repositories:
            - {forge: git, repository: "https://git.example/shop.git",
               path: "apps/{namespace}/{name}.yaml"}
          allow: {unapproved: [{detector: Alert}]}
          verify: {healthyFor: 2s, window: 2m}
          cooldown: 1s
        """);
  }

  private void create(TestCluster cluster, String name, String strategy) {
    cluster.applyText(
        """
        apiVersion: k8shealer.k8s-healer.io/v1alpha1
        kind: Remediation
        metadata: {name: %s}
        spec:
          alert: {name: KubePodOOMKilled, fingerprint: f1, source: alertmanager,
                  severity: critical, startsAt: "2026-03-01T12:00:00Z"}
          target: {kind: Deployment, name: api, namespace: %s, container: api}
          action: {type: IncreaseMemory}
          strategy: %s
        """
            .formatted(name, namespace, strategy));
  }

  private RemediationStatus status(String name) {
    return new KubernetesReader(admin)
        .get(ServedKinds.REMEDIATIONS, new ObjectKey(namespace, name))
        .orThrow()
        .map(Remediation::statusOrEmpty)
        .orElseThrow();
  }

  private String limit() {
    return new LiveObject(
            new KubernetesReader(admin)
                .get(DEPLOYMENT, new ObjectKey(namespace, "api"))
                .orThrow()
                .orElseThrow())
        .text(Rem.LIMIT);
  }

  private void awaitPhase(String name, Phase phase) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(status(name).phase()).as(status(name).message()).isEqualTo(phase));
  }

  @Test
  void directlyUntilHealthy(TestCluster cluster) {
    create(cluster, "a", "{mode: Direct, requireApproval: false}");

    awaitPhase("a", Phase.Succeeded);
    assertThat(limit()).isEqualTo("320Mi");
    RemediationStatus status = status("a");
    assertThat(status.applied()).isNotNull();
    assertThat(status.intent()).isNull();
    assertThat(status.observedGeneration()).isEqualTo(1);
    assertThat(Objects.requireNonNull(status.plan()).cluster())
        .as("the first 8 hex digits of kube-system's uid")
        .matches("[0-9a-f]{8}");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(events())
                    .contains("RemediationCreated", "RemediationApplied", "RemediationSucceeded"));
    assertThat(
            operator
                .getBean(MeterRegistry.class)
                .get("heal8s.remediations.succeeded")
                .tags(
                    "action_type", "IncreaseMemory", "target_kind", "Deployment", "mode", "Direct")
                .counter()
                .count())
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void aPolicyThatCannotBeUsedSaysSoAndNothingActs(TestCluster cluster) {
    await().atMost(TIMEOUT).untilAsserted(() -> assertThat(policyReason()).isEqualTo("Honoured"));
    cluster.applyText(
        """
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec: {dryRun: false, notify: [{to: somebody}]}
        """);
    // Until it is seen the policy before it holds.
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(policyReason()).isEqualTo("NotSupportedYet"));
    create(cluster, "a", "{mode: Direct, requireApproval: false}");

    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(status("a").reason()).isEqualTo("PolicyNotUsable"));
    assertThat(limit()).isEqualTo("256Mi");
  }

  private String policyReason() {
    return new KubernetesReader(admin)
        .get(ServedKinds.REMEDIATION_POLICIES, new ObjectKey(namespace, "default"))
        .orThrow()
        .map(policy -> policy.status())
        .map(status -> status.conditions())
        .map(conditions -> conditions.getFirst().reason())
        .orElse("");
  }

  private List<String> events() {
    return new KubernetesReader(admin)
            .list(
                ResourceType.untyped("events.k8s.io", "v1", "Event", "events", true),
                Selector.namespace(namespace))
            .orThrow()
            .stream()
            .map(event -> event.get("reason").getAsString())
            .toList();
  }

  @Test
  void throughGitUntilHealthy(TestCluster cluster) {
    create(cluster, "a", "{mode: GitOps}");
    awaitPhase("a", Phase.Pending);
    await().atMost(TIMEOUT).until(() -> "ReadyToAct".equals(status("a").reason()));
    assertThat(Objects.requireNonNull(status("a").plan()).repository()).isNotNull();

    pullRequest("Open", true, List.of());
    awaitPhase("a", Phase.PRCreated);
    pullRequest("Merged", false, List.of(Map.of("path", Rem.LIMIT, "value", "320Mi")));
    awaitPhase("a", Phase.Applying);
    agentApplies("320Mi");

    awaitPhase("a", Phase.Succeeded);
    assertThat(Objects.requireNonNull(status("a").pullRequest()).mergedValues()).hasSize(1);
  }

  @Test
  void anAlertThatResolvesEndsWhatWaitsIfThePolicySaysSo(TestCluster cluster) {
    cluster.applyText(
        """
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          onResolved: close
          repositories:
            - {forge: git, repository: "https://git.example/shop.git",
               path: "apps/{namespace}/{name}.yaml"}
        """);
    create(cluster, "a", "{mode: GitOps}");
    await().atMost(TIMEOUT).until(() -> "ReadyToAct".equals(status("a").reason()));
    pullRequest("Open", true, List.of());
    awaitPhase("a", Phase.PRCreated);

    new ServerSideApplier(admin, "heal8s-alert-gateway")
        .applyStatus(
            ServedKinds.REMEDIATIONS,
            new ObjectKey(namespace, "a"),
            Precondition.NONE,
            Map.of(
                "conditions",
                List.of(
                    Map.of(
                        "type", "AlertResolved",
                        "status", "True",
                        "reason", "AlertResolved",
                        "message", "",
                        "lastTransitionTime", "2026-03-01T12:00:00Z"))))
        .orThrow();

    awaitPhase("a", Phase.Superseded);
    assertThat(status("a").reason()).isEqualTo("AlertResolved");
    assertThat(limit()).isEqualTo("256Mi");
  }

  @Test
  void aClosedPullRequestIsRememberedByItsLabel(TestCluster cluster) {
    create(cluster, "a", "{mode: GitOps}");
    await().atMost(TIMEOUT).until(() -> "ReadyToAct".equals(status("a").reason()));
    pullRequest("Closed", false, List.of());
    awaitPhase("a", Phase.Failed);
    create(cluster, "b", "{mode: GitOps}");

    awaitPhase("b", Phase.Failed);
    assertThat(status("b").reason()).isEqualTo("RefusedBefore");
    assertThat(limit()).isEqualTo("256Mi");
  }

  @Test
  void anApprovalOfThePlanLetsItAct(TestCluster cluster) {
    create(cluster, "a", "{mode: Direct, requireApproval: true}");
    awaitPhase("a", Phase.AwaitingApproval);
    Plan plan = Objects.requireNonNull(status("a").plan());

    ApiClient eve = cluster.asUser("eve", "system:masters");
    new JsonPatcher(new KubernetesApi(eve, Duration.ofSeconds(10)), "test")
        .patch(
            ServedKinds.REMEDIATIONS,
            new ObjectKey(namespace, "a"),
            Precondition.NONE,
            JsonPatch.EMPTY.add(
                "/metadata/annotations",
                Map.of("heal8s.io/approve", "eve", "heal8s.io/approved-plan", plan.id())))
        .orThrow();

    awaitPhase("a", Phase.Succeeded);
    assertThat(limit()).isEqualTo("320Mi");
  }

  private void pullRequest(String state, boolean open, List<Map<String, String>> merged) {
    new ServerSideApplier(admin, "heal8s-github-pr-service")
        .applyStatus(
            ServedKinds.REMEDIATIONS,
            new ObjectKey(namespace, "a"),
            Precondition.NONE,
            Map.of(
                "pullRequest",
                Map.of(
                    "state", state, "forge", "git", "branch", "heal8s/a", "mergedValues", merged),
                "prUrl",
                "https://git.example/shop/1",
                "conditions",
                List.of(
                    Map.of(
                        "type", "PullRequestOpen",
                        "status", open ? "True" : "False",
                        "reason", state,
                        "message", "",
                        "lastTransitionTime", "2026-03-01T12:00:00Z"))))
        .orThrow();
  }

  private void agentApplies(String limit) {
    new JsonPatcher(admin, "agent")
        .patch(
            DEPLOYMENT,
            new ObjectKey(namespace, "api"),
            Precondition.NONE,
            JsonPatch.EMPTY.replace(
                "/spec/template/spec/containers/0/resources/limits/memory", limit))
        .orThrow();
  }
}
