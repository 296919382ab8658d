// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.RemediationFeed;
import io.heal8s.dev.suite.RemediationFeed.Sighting;
import io.heal8s.dev.suite.SuiteOnCluster;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * The story of the monitor: an app says that it is unhealthy, is restarted, and says that it is
 * not.
 */
final class GraphqlScenario implements AutoCloseable {

  private static final String SICK = "payment";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Beside what {@code adopt kco} prints: nobody watches a demo for the usual minute. */
  private static final String SHORT_VERIFICATION =
      """
      apiVersion: heal8s.io/v1alpha1
      kind: RemediationPolicy
      metadata: {name: default, namespace: %s}
      spec:
        verify: {healthyFor: 3s, window: 1m}
      """
          .formatted(GraphqlApps.NAMESPACE);

  private final DemoPlan plan;
  private final Timeline timeline;
  private final InstantSource clock;
  private final Programs programs = Programs.ofThisUser();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  GraphqlScenario(DemoPlan plan, Timeline timeline, InstantSource clock) {
    this.plan = plan;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** Tells the whole story. */
  GraphqlReport run() throws InterruptedException, TimeoutException {
    timeline.headline("1. A Kubernetes control plane, three GraphQL apps, two services");
    Cluster cluster = opened(Cluster.start(ClusterOptions.full()));
    ApiClient admin = new ClusterAccess(cluster).admin();
    Distribution distribution = Distribution.find(System.getenv());
    SuiteOnCluster suite = opened(new SuiteOnCluster(cluster, distribution, WebhookToken.random()));
    suite.install(programs, plan.repository());
    GraphqlApps apps = opened(GraphqlApps.start(admin, timeline.by("kubernetes")));
    ManifestApplier person = new ManifestApplier(admin, "kubectl");
    person.applyText(
        "{apiVersion: v1, kind: Namespace, metadata: {name: " + GraphqlApps.NAMESPACE + "}}",
        GraphqlApps.NAMESPACE);
    String adopted =
        new AdoptKco(distribution, cluster.directory())
            .print(GraphqlApps.NAMESPACE, apps.manifests());
    person.applyText(adopted, GraphqlApps.NAMESPACE);
    new ManifestApplier(admin, "demo").applyText(SHORT_VERIFICATION, GraphqlApps.NAMESPACE);
    person.applyText(apps.manifests(), GraphqlApps.NAMESPACE);
    timeline.block(GraphqlApps.targetApp(SICK, apps.port(SICK)));
    timeline.note("you", "apply what ./heal8s adopt kco prints:");
    timeline.block(adopted);
    suite.launch(Service.REMEDIATION_OPERATOR);
    suite.launch(Service.GRAPHQL_MONITOR);
    suite.process(Service.REMEDIATION_OPERATOR).awaitReady(PATIENCE);
    suite.process(Service.GRAPHQL_MONITOR).awaitReady(PATIENCE);
    KubernetesReader reader = new KubernetesReader(new KubernetesApi(admin, PATIENCE));
    for (String name : GraphqlApps.NAMES) {
      Waiting.until(
          name + " is monitored",
          PATIENCE,
          () -> status(reader, name).state() == TargetAppStatus.State.Monitoring);
      timeline.note("monitor", name + " is healthy, at " + status(reader, name).endpoint());
    }

    timeline.headline("2. One of them turns unhealthy");
    RemediationFeed feed =
        opened(new RemediationFeed(admin, GraphqlApps.NAMESPACE, timeline.by("remediation"), clock))
            .start();
    long sequence = status(reader, SICK).sequenceOrZero();
    String before = apps.pod(SICK);
    Instant unhealthy = clock.instant();
    timeline.startAt(unhealthy);
    apps.turnUnhealthy(SICK);
    timeline.note(SICK, "says that it is unhealthy, in pod " + before);
    Sighting created = feed.await("Remediation", PATIENCE, sighting -> true);

    timeline.headline("3. Its pod is restarted, within the budgets and under the policy");
    Waiting.until("another pod of " + SICK, PATIENCE, () -> apps.wasRestarted(SICK));
    Instant restarted = clock.instant();
    Waiting.until(
        SICK + " seen healthy",
        PATIENCE,
        () -> status(reader, SICK).sequenceOrZero() >= sequence + 2);
    Instant healthy = clock.instant();
    timeline.note("monitor", SICK + " is healthy again, at " + status(reader, SICK).endpoint());
    Sighting end = feed.await("end", PATIENCE, GraphqlScenario::ended);
    String phase = Objects.requireNonNull(end.status().phase()).name();
    timeline.headline("Done: " + phase);
    return new GraphqlReport(
        phase,
        SICK,
        before,
        apps.pod(SICK),
        Duration.between(unhealthy, created.at()).toMillis(),
        Duration.between(created.at(), restarted).toMillis(),
        Duration.between(restarted, healthy).toMillis());
  }

  private static TargetAppStatus status(KubernetesReader reader, String name) {
    return reader
        .get(ServedKinds.TARGET_APPS, new ObjectKey(GraphqlApps.NAMESPACE, name))
        .orThrow()
        .orElseThrow()
        .statusOrEmpty();
  }

  private static boolean ended(Sighting sighting) {
    Phase phase = sighting.status().phase();
    return phase != null && phase.isEnd();
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
