// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.dev.controlplane.TemporaryFolder;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.GitOpsAgent;
import io.heal8s.dev.suite.RemediationFeed;
import io.heal8s.dev.suite.RemediationFeed.Sighting;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.dev.suite.SuiteOnCluster;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The story of the demo, told once, from the first pod that dies to the proof. */
final class ShopScenario implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final DemoPlan plan;
  private final Timeline timeline;
  private final InstantSource clock;
  private final Programs programs = Programs.ofThisUser();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private @Nullable Cluster cluster;

  ShopScenario(DemoPlan plan, Timeline timeline, InstantSource clock) {
    this.plan = plan;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** Tells the whole story. */
  DemoReport run() throws InterruptedException, TimeoutException {
    timeline.headline(
        "1. A Kubernetes control plane, the shop's git repository, the three services");
    Path folder = opened(TemporaryFolder.create("heal8s-demo-")).path();
    // First, so that a wrong name or token is told before anything is started.
    DemoForge forge = opened(forge(folder));
    cluster = opened(Shop.startCluster(folder));
    timeline.note("kubernetes", "ready at " + cluster.server());
    ClusterAccess access = new ClusterAccess(cluster);
    Shop shop = new Shop(access.admin());
    SuiteOnCluster suite =
        opened(
            new SuiteOnCluster(cluster, Distribution.find(System.getenv()), WebhookToken.random()));
    suite.install(programs, plan.repository());
    ManifestApplier agentHand = new ManifestApplier(access.admin(), "gitops-agent");
    agentHand.applyText(Shop.namespace(), Shop.NAMESPACE);
    String policy = policy(forge);
    new ManifestApplier(access.admin(), "kubectl").applyText(policy, SuiteOnCluster.NAMESPACE);
    timeline.note("policy", "shortened for the demo:");
    timeline.block(policy);
    List<ServiceProcess> services =
        List.of(
            suite.launch(Service.ALERT_GATEWAY),
            suite.launch(Service.REMEDIATION_OPERATOR),
            suite.launch(
                Service.GITHUB_PR_SERVICE, forge.serviceArguments().toArray(String[]::new)));
    for (ServiceProcess service : services) {
      service.awaitReady(PATIENCE);
    }
    timeline.note(
        "services",
        "ready, each under its own ServiceAccount; " + forge.serviceArguments().getFirst());

    timeline.headline("2. The shop runs out of memory");
    opened(new GitOpsAgent(forge, List.of(forge.file()), agentHand, timeline.by("agent"))).start();
    Waiting.until("both pods out of memory", PATIENCE, () -> shop.podsOutOfMemory() == 2);
    timeline.note("shop", "both pods OOMKilled, " + shop.readyPods() + " of 2 ready");

    timeline.headline("3. Alertmanager tells the gateway (group_wait 1s)");
    RemediationFeed feed =
        opened(
                new RemediationFeed(
                    access.admin(), Shop.NAMESPACE, timeline.by("remediation"), clock))
            .start();
    Alertmanager alertmanager =
        opened(
            Alertmanager.start(
                programs,
                cluster.directory(),
                ServiceProcess.freePort(),
                suite.webhook(),
                suite.tokenFile()));
    timeline.startAt(clock.instant());
    alertmanager.fire(
        Map.of(
            "alertname",
            "KubePodOOMKilled",
            "namespace",
            Shop.NAMESPACE,
            "pod",
            shop.anyPod(),
            "container",
            Shop.CONTAINER,
            "severity",
            "critical",
            "environment",
            "demo"),
        Map.of("summary", "Container api of the shop was killed for want of memory"));
    timeline.note("prometheus", "alert KubePodOOMKilled for pod " + shop.anyPod());
    Sighting created = feed.await("Remediation", PATIENCE, sighting -> true);
    Instant received = suite.lastWebhook();
    long alertToRemediation = Duration.between(received, created.at()).toMillis();

    DemoReport report =
        plan.direct()
            ? direct(access, feed, alertToRemediation)
            : throughGit(forge, feed, created, alertToRemediation);
    timeline.note("shop", shop.readyPods() + " of 2 pods ready");
    if (report.phase().equals(Phase.Succeeded.name()) && shop.readyPods() != 2) {
      throw new IllegalStateException("Succeeded was claimed while pods were not ready");
    }
    timeline.headline("Done: " + report.phase());
    return report;
  }

  private DemoReport throughGit(
      DemoForge forge, RemediationFeed feed, Sighting created, long alertToRemediation)
      throws InterruptedException, TimeoutException {
    timeline.headline("4. The pull request");
    Sighting open =
        feed.await(
            "open pull request",
            PATIENCE,
            s -> s.status().isTrue(ConditionType.PullRequestOpen) || ended(s));
    PullRequest pullRequest = open.status().pullRequest();
    if (pullRequest == null || pullRequest.branch() == null) {
      throw new IllegalStateException("no pull request: " + open.status());
    }
    String branch = pullRequest.branch();
    timeline.note("forge", "branch " + branch + " is open for review");
    timeline.note("forge", Objects.requireNonNullElse(pullRequest.url(), ""));
    String diff = forge.diff(pullRequest);
    timeline.block(diff);
    timeline.block(forge.text(pullRequest));

    timeline.headline("5. A reviewer merges it, the GitOps agent applies it");
    Instant merged = clock.instant();
    forge.merge(pullRequest);
    timeline.note("reviewer", "merged into " + forge.branch());
    Sighting end = feed.await("end", PATIENCE, ShopScenario::ended);
    return new DemoReport(
        Objects.requireNonNull(end.status().phase()).name(),
        branch,
        end.status().prUrl(),
        ChangedLines.in(diff),
        alertToRemediation,
        Duration.between(created.at(), open.at()).toMillis(),
        Duration.between(merged, end.at()).toMillis());
  }

  private DemoReport direct(ClusterAccess access, RemediationFeed feed, long alertToRemediation)
      throws InterruptedException, TimeoutException {
    timeline.headline("4. The plan waits for an approval");
    Sighting waiting =
        feed.await(
            "plan that waits",
            PATIENCE,
            s -> s.status().phase() == Phase.AwaitingApproval || ended(s));
    Plan planned = waiting.status().plan();
    if (planned == null) {
      throw new IllegalStateException("no plan: " + waiting.status());
    }
    timeline.block(Objects.requireNonNullElse(planned.diff(), ""));
    Instant approved = clock.instant();
    String person = new Approval(access.admin()).give(waiting.remediation(), planned.id());
    timeline.note("approver", person + " approves plan " + planned.id());
    Sighting end = feed.await("end", PATIENCE, ShopScenario::ended);
    return new DemoReport(
        Objects.requireNonNull(end.status().phase()).name(),
        null,
        null,
        null,
        alertToRemediation,
        null,
        Duration.between(approved, end.at()).toMillis());
  }

  private static boolean ended(Sighting sighting) {
    Phase phase = sighting.status().phase();
    return phase != null && phase.isEnd();
  }

  private String policy(DemoForge forge) {
    String routes =
        """
          routes:
          - alertName: KubePodOOMKilled
            action:
              type: IncreaseMemory
              params: {memoryIncreasePercent: "25", maxMemory: 2Gi}
            strategy: {mode: Direct, requireApproval: true}
        """;
    String repositories = "  repositories:\n" + forge.rule();
    return """
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata:
          name: default
          namespace: %s
        spec:
          verify: {healthyFor: 10s, window: 2m}
        """
            .formatted(SuiteOnCluster.NAMESPACE)
        + (plan.direct() ? routes : repositories);
  }

  private DemoForge forge(Path directory) {
    GithubTarget github = plan.github();
    if (github == null) {
      return LocalForge.create(directory, Shop.manifest());
    }
    timeline.note("github", "the manifest goes to " + github);
    return GithubShop.create(github, directory, Shop.manifest());
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  /** Leaves everything running until the process is interrupted. */
  void keep() throws InterruptedException {
    Cluster running = Objects.requireNonNull(cluster, "nothing runs yet");
    timeline.headline(
        "Look around:  kubectl --kubeconfig " + running.kubeconfig() + " -n shop get rem");
    timeline.headline("Ctrl-C ends it all.");
    Thread.currentThread().join();
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
