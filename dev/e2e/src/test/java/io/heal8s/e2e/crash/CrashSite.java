// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.crash;

import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.GitOpsAgent;
import io.heal8s.dev.suite.GitRepository;
import io.heal8s.dev.suite.RemediationFeed;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.dev.suite.SuiteOnCluster;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster with the three services as processes, a git repository and an agent that applies it.
 */
public final class CrashSite implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(120);

  /** How long what does not become healthy is waited for. */
  static final String SHORTEST_WINDOW = "2s";

  private final Cluster cluster;
  private final SuiteOnCluster suite;
  private final ApiClient admin;
  private final GitRepository repository;
  private final GitOpsAgent agent;

  private CrashSite(
      Cluster cluster,
      SuiteOnCluster suite,
      ApiClient admin,
      GitRepository repository,
      GitOpsAgent agent) {
    this.cluster = cluster;
    this.suite = suite;
    this.admin = admin;
    this.repository = repository;
    this.agent = agent;
  }

  /**
   * Starts everything; each workload is in git and live.
   *
   * @param arguments for every service
   */
  public static CrashSite start(List<CrashWorkload> workloads, String... arguments)
      throws InterruptedException {
    Cluster cluster = Cluster.start(ClusterOptions.full());
    SuiteOnCluster suite =
        new SuiteOnCluster(
            cluster, Distribution.find(System.getenv()), "crash-token-0123456789-0123456789");
    suite.install(Programs.ofThisUser(), Distribution.repository(Path.of("").toAbsolutePath()));
    ApiClient admin = new ClusterAccess(cluster).admin();
    ManifestApplier applier = new ManifestApplier(admin, "agent");
    Map<String, String> files = new LinkedHashMap<>();
    for (CrashWorkload workload : workloads) {
      applier.applyText(workload.surroundings(), workload.namespace());
      files.put(workload.file(), workload.manifest());
    }
    GitRepository repository =
        GitRepository.create(cluster.directory().resolve("manifests.git"), files);
    applier.applyText(policy(repository), SuiteOnCluster.NAMESPACE);
    GitOpsAgent agent =
        new GitOpsAgent(repository, List.copyOf(files.keySet()), applier, told -> {});
    agent.start();
    CrashSite site = new CrashSite(cluster, suite, admin, repository, agent);
    List<ServiceProcess> services = new ArrayList<>();
    List<String> more = new ArrayList<>(List.of(arguments));
    services.add(suite.launch(Service.ALERT_GATEWAY, arguments));
    services.add(suite.launch(Service.REMEDIATION_OPERATOR, arguments));
    more.add("--heal8s.pr.poll-interval=500ms");
    services.add(suite.launch(Service.GITHUB_PR_SERVICE, more.toArray(String[]::new)));
    for (ServiceProcess service : services) {
      service.awaitReady(READY);
    }
    return site;
  }

  private static String policy(GitRepository repository) {
    return """
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default, namespace: heal8s-system}
        spec:
          verify: {healthyFor: 2s, window: %s}
          allow:
            unapproved:
            - detector: Alert
          repositories:
          - forge: git
            repository: %s
            path: "{namespace}/{name}.yaml"
        """
        .formatted(SHORTEST_WINDOW, repository.url());
  }

  public SuiteOnCluster suite() {
    return suite;
  }

  public GitRepository repository() {
    return repository;
  }

  /** Watches the one Remediation of a namespace; the caller closes it. */
  public RemediationFeed feed(String namespace) {
    return new RemediationFeed(admin, namespace, told -> {}, InstantSource.system()).start();
  }

  /** The workload of a namespace as it is now. */
  V1Deployment workload(String namespace) {
    try {
      return new AppsV1Api(admin).readNamespacedDeployment("api", namespace).execute();
    } catch (ApiException e) {
      throw new IllegalStateException(e.getResponseBody(), e);
    }
  }

  @Override
  public void close() {
    agent.close();
    suite.close();
    repository.close();
    cluster.close();
  }
}
