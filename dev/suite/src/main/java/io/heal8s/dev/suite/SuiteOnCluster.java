// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.suite;

import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.heal8s.dev.controlplane.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The services as processes beside a cluster, installed by their own charts. Whoever closes it
 * stops what was started. Not thread-safe.
 */
public final class SuiteOnCluster implements AutoCloseable {

  /** Namespace that the suite is installed in. */
  public static final String NAMESPACE = "heal8s-system";

  private static final Pattern LAST_WEBHOOK =
      Pattern.compile("(?m)^heal8s_webhook_last_received_timestamp_seconds(?:\\{[^}]*})? (\\S+)$");

  private final Cluster cluster;
  private final ClusterAccess access;
  private final Distribution distribution;
  private final int webhookPort = ServiceProcess.freePort();
  private final Path tokenFile;
  private final Map<Service, ServiceProcess> running = new EnumMap<>(Service.class);

  /** The services and the accounts that their charts give them. */
  public enum Service {
    ALERT_GATEWAY("alert-gateway", "heal8s-alert-gateway"),
    REMEDIATION_OPERATOR("remediation-operator", "heal8s-operator"),
    GITHUB_PR_SERVICE("github-pr-service", "heal8s-github-pr-service"),
    GRAPHQL_MONITOR("graphql-monitor", "heal8s-graphql-monitor");

    private final String module;
    private final String account;

    Service(String module, String account) {
      this.module = module;
      this.account = account;
    }

    /** Name of its module, chart and process. */
    public String module() {
      return module;
    }
  }

  /**
   * Services that run beside a cluster.
   *
   * @param token bearer token of the webhook, kept in a file of the cluster's folder
   */
  public SuiteOnCluster(Cluster cluster, Distribution distribution, String token) {
    this.cluster = cluster;
    this.access = new ClusterAccess(cluster);
    this.distribution = distribution;
    this.tokenFile = cluster.directory().resolve("webhook-token");
    try {
      Files.writeString(tokenFile, token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies CRDs, admission policies, accounts and rights, exactly as the charts render them. */
  public void install(Programs programs, Path repository) {
    install(
        programs,
        repository,
        List.of(
            "crds",
            "alert-gateway",
            "remediation-operator",
            "github-pr-service",
            "graphql-monitor"));
  }

  /** The same with only some of the charts, in that order. */
  public void install(Programs programs, Path repository, List<String> charts) {
    ManifestApplier applier = new ManifestApplier(access.admin(), "helm");
    applier.applyText(
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: %s
        """
            .formatted(NAMESPACE),
        NAMESPACE);
    for (String chart : charts) {
      Path folder = repository.resolve("charts").resolve(chart);
      String rendered = HelmChart.of(folder, programs).release("heal8s", NAMESPACE).render();
      String objects = RenderedChart.besideProcesses(rendered);
      applier.applyText(objects, NAMESPACE);
    }
  }

  /**
   * Starts a service under the account of its chart; it is not ready yet.
   *
   * @param arguments added to what every service needs
   */
  public ServiceProcess launch(Service service, String... arguments) {
    return launch(service, List.of(), arguments);
  }

  /**
   * The same, by another program: what it is given runs the service.
   *
   * @param by program and its arguments, e.g. {@code taskset -c 1}; empty for none
   */
  public ServiceProcess launch(Service service, List<String> by, String... arguments) {
    List<String> all = new ArrayList<>(standard(service));
    all.addAll(List.of(arguments));
    Path folder = cluster.directory();
    ServiceProcess.Definition definition =
        ServiceProcess.Definition.of(
                distribution,
                service.module,
                ServiceProcess.freePort(),
                folder,
                all.toArray(String[]::new))
            .startedBy(by)
            .with("POD_NAMESPACE", NAMESPACE);
    ServiceProcess process = ServiceProcess.start(definition);
    running.put(service, process);
    return process;
  }

  private List<String> standard(Service service) {
    String kubeconfig =
        "--heal8s.kubernetes.kubeconfig=" + access.kubeconfigFor(NAMESPACE, service.account);
    return switch (service) {
      case ALERT_GATEWAY ->
          List.of(
              kubeconfig,
              "--server.port=" + webhookPort,
              "--heal8s.gateway.metrics-port=0",
              "--heal8s.gateway.auth.modes=bearer",
              "--heal8s.gateway.auth.bearer.token-files=" + tokenFile);
      case REMEDIATION_OPERATOR -> List.of(kubeconfig);
      case GITHUB_PR_SERVICE ->
          List.of(
              kubeconfig,
              "--heal8s.pr.cache-directory=" + cluster.directory().resolve("git-cache"));
      // What it polls here are processes of this machine.
      case GRAPHQL_MONITOR ->
          List.of(
              kubeconfig,
              "--heal8s.graphql.metrics-port=-1",
              "--heal8s.graphql.allowed-cidrs=127.0.0.0/8");
    };
  }

  /** A service that was launched. */
  public ServiceProcess process(Service service) {
    ServiceProcess process = running.get(service);
    if (process == null) {
      throw new IllegalStateException(service.module + " was not launched");
    }
    return process;
  }

  /** Where Alertmanager sends to. */
  public URI webhook() {
    return URI.create("http://127.0.0.1:" + webhookPort + "/webhooks/alertmanager");
  }

  /** File with the token that Alertmanager must send. */
  public Path tokenFile() {
    return tokenFile;
  }

  /** File with a token of the account that the service's chart gives it. */
  public Path accountTokenFile(Service service) {
    return access.tokenFileFor(NAMESPACE, service.account);
  }

  /** When the gateway was called last, by its own metrics. */
  public Instant lastWebhook() {
    Matcher line = LAST_WEBHOOK.matcher(process(Service.ALERT_GATEWAY).metrics());
    if (!line.find()) {
      throw new IllegalStateException("the gateway does not tell when it was called last");
    }
    return Instant.ofEpochMilli(Math.round(Double.parseDouble(line.group(1)) * 1000));
  }

  @Override
  public void close() {
    running.values().forEach(ServiceProcess::close);
  }
}
