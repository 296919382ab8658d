// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.heal8s.dev.suite.SuiteOnCluster;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One life of two services; the gateway, which must lose no alert meanwhile, has its own test. */
class OutageTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final List<Service> SERVICES =
      List.of(Service.REMEDIATION_OPERATOR, Service.GITHUB_PR_SERVICE);
  private static final String NOT_READY = "Not ready, trying again by itself";

  @Test
  void whatIsMissingIsSaidInOneLineAndWaitedFor() {
    Path repository = Distribution.repository(Path.of("").toAbsolutePath());
    try (Cluster cluster = Cluster.start(ClusterOptions.api());
        SuiteOnCluster suite =
            new SuiteOnCluster(
                cluster,
                Distribution.find(System.getenv()),
                "outage-token-0123456789-0123456789")) {
      KubernetesApi admin =
          new KubernetesApi(new ClusterAccess(cluster).admin(), Duration.ofSeconds(10));
      ManifestApplier applier = new ManifestApplier(new ClusterAccess(cluster).admin(), "test");
      applier.applyText(accounts(), SuiteOnCluster.NAMESPACE);
      SERVICES.forEach(suite::launch);
      cluster.stopApiServer();
      says(cluster, suite, "does not answer");

      cluster.startApiServer();
      says(cluster, suite, "may not be watched");

      suite.install(
          Programs.ofThisUser(), repository, List.of("remediation-operator", "github-pr-service"));
      says(cluster, suite, "not installed, apply the CRDs of the chart");

      suite.install(Programs.ofThisUser(), repository, List.of("crds"));
      for (Service service : SERVICES) {
        await().atMost(TIMEOUT).until(() -> suite.process(service).isReady());
        // Told a second later, in case something follows.
        await().atMost(TIMEOUT).until(() -> log(cluster, service).contains("caches are in sync"));
        assertThat(log(cluster, service)).doesNotContain("\tat ");
        assertThat(complaints(cluster, service))
            .as("told when it changes, not at every try")
            .doesNotHaveDuplicates()
            .hasSizeLessThanOrEqualTo(6);
      }
      applier.applyText(remediation(), "default");
      await()
          .atMost(TIMEOUT)
          .until(
              () ->
                  new KubernetesReader(admin)
                      .get(ServedKinds.REMEDIATIONS, new ObjectKey("default", "a"))
                      .orThrow()
                      .map(one -> one.statusOrEmpty().phase())
                      .isPresent());
    }
  }

  private static void says(Cluster cluster, SuiteOnCluster suite, String trouble) {
    for (Service service : SERVICES) {
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(complaints(cluster, service))
                      .as(service.module())
                      .anySatisfy(line -> assertThat(line).contains(trouble)));
      assertThat(suite.process(service).process().isAlive()).isTrue();
      assertThat(suite.process(service).isReady()).as(trouble).isFalse();
    }
  }

  private static List<String> complaints(Cluster cluster, Service service) {
    return log(cluster, service)
        .lines()
        .filter(line -> line.contains(NOT_READY))
        .map(line -> line.substring(line.indexOf(NOT_READY)))
        .toList();
  }

  private static String log(Cluster cluster, Service service) {
    try {
      return Files.readString(cluster.directory().resolve(service.module() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a token needs, and no right at all. */
  private static String accounts() {
    return """
        {apiVersion: v1, kind: Namespace, metadata: {name: heal8s-system}}
        ---
        {apiVersion: v1, kind: ServiceAccount, metadata: {name: heal8s-operator}}
        ---
        {apiVersion: v1, kind: ServiceAccount, metadata: {name: heal8s-github-pr-service}}
        """;
  }

  private static String remediation() {
    return """
        apiVersion: k8shealer.k8s-healer.io/v1alpha1
        kind: Remediation
        metadata: {name: a}
        spec:
          alert: {name: KubePodOOMKilled, fingerprint: f1, source: alertmanager,
                  severity: critical}
          target: {kind: Deployment, name: api, namespace: default, container: api}
          action: {type: IncreaseMemory}
          strategy: {mode: GitOps}
        """;
  }
}
