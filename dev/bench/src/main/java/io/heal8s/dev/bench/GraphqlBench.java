// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.dev.suite.SuiteOnCluster;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import io.kubernetes.client.openapi.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Many applications, each on a loopback address of its own, polled by one replica of the monitor
 * that is alone on one core; and in a second part a tenth of them every 5 s, of which some turn
 * unhealthy.
 */
final class GraphqlBench implements Benchmark {

  private static final String NAMESPACE = "bench";
  private static final int INTERVAL = 30;
  private static final int SHORT_INTERVAL = 5;
  private static final int FLIPS = 200;
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final ResourceType<TargetApp> APPS =
      ResourceType.namespaced(
          TargetApp.class, TargetApp.GROUP, TargetApp.VERSION, TargetApp.KIND, TargetApp.PLURAL);

  @Override
  public Map<String, Object> run(int count, Table table) throws Exception {
    Programs programs = Programs.ofThisUser();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("apps", count);
    CoreAffinity.otherThanTheServices();
    try (PlayedApps apps = new PlayedApps(programs);
        Part part = new Part(programs, apps, count, INTERVAL, table)) {
      part.rest(figures);
    }
    try (PlayedApps apps = new PlayedApps(programs);
        Part part = new Part(programs, apps, Math.max(count / 10, 1), SHORT_INTERVAL, table)) {
      part.flips(figures);
    }
    return figures;
  }

  /** One cluster with its apps and one monitor. */
  static final class Part implements AutoCloseable {

    private final PlayedApps apps;
    private final int count;
    private final int interval;
    private final Table table;
    private final Cluster cluster;
    private final SuiteOnCluster suite;
    private final ApiClient admin;
    private final ServiceProcess monitor;

    Part(Programs programs, PlayedApps apps, int count, int interval, Table table)
        throws Exception {
      this.apps = apps;
      this.count = count;
      this.interval = interval;
      this.table = table;
      Path repository = Distribution.repository(Path.of("").toAbsolutePath());
      this.cluster = Cluster.start(ClusterOptions.api());
      this.suite =
          new SuiteOnCluster(
              cluster, Distribution.find(System.getenv()), "bench-token-32-characters-long-xx");
      suite.install(programs, repository);
      this.admin = new ClusterAccess(cluster).admin();
      new ManifestApplier(admin, "bench")
          .applyText(
              "{apiVersion: v1, kind: Namespace, metadata: {name: " + NAMESPACE + "}}", NAMESPACE);
      table.step("creating " + count + " TargetApps of " + interval + " s");
      new AppPopulation(admin, NAMESPACE).create(count, interval, apps);
      this.monitor = suite.launch(Service.GRAPHQL_MONITOR, CoreAffinity.ofTheService());
      monitor.awaitReady(READY);
      awaitMonitoring();
    }

    private void awaitMonitoring() throws Exception {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      for (long now = monitored(); now < count; now = monitored()) {
        if (System.nanoTime() > deadline) {
          throw new TimeoutException(now + " of " + count + " TargetApps are monitored");
        }
        table.step(now + " of " + count + " are monitored");
        monitor.process().waitFor(Duration.ofSeconds(3));
      }
    }

    private long monitored() {
      return new KubernetesReader(new KubernetesApi(admin, Duration.ofSeconds(30)))
          .list(APPS, Selector.namespace(NAMESPACE)).orThrow().stream()
              .filter(app -> app.statusOrEmpty().state() == TargetAppStatus.State.Monitoring)
              .count();
    }

    /** Every app is healthy and stays so. */
    void rest(Map<String, Object> figures) throws Exception {
      // The Events of the first states are still being written, and code is still being compiled.
      monitor.process().waitFor(Duration.ofSeconds(interval + 15));
      WriteRequests writes = new WriteRequests(admin);
      Duration measured = Duration.ofSeconds(2L * interval);
      table.step("at rest for " + measured.toSeconds() + " s");
      PlayedApps.Counts countsBefore = apps.counts();
      MonitorMetrics before = MonitorMetrics.of(monitor.metrics());
      long writesBefore = writes.statusWrites("targetapps");
      monitor.process().waitFor(measured);
      MonitorMetrics after = MonitorMetrics.of(monitor.metrics());
      PlayedApps.Counts counts = apps.counts();
      long atRest = writes.statusWrites("targetapps") - writesBefore;
      double polls = after.polls() - before.polls();
      double requests = counts.requests() - countsBefore.requests();
      double cores = (after.cpuSeconds() - before.cpuSeconds()) / measured.toSeconds();
      figures.put("requestsPerPoll", round(requests / polls));
      figures.put("connectionsPerApp", round((double) counts.connections() / counts.apps()));
      figures.put("latenessP99Ms", after.latenessMs(before, 0.99));
      figures.put("residentMiB", ResidentMemory.mebibytes(monitor.process().pid()));
      figures.put("statusWritesAtRest", atRest);
      figures.put("pollsPerSecond", round(polls / measured.toSeconds()));
      figures.put("coresAtRest", round(cores));
      figures.forEach((name, value) -> table.row(name, ((Number) value).doubleValue(), ""));
    }

    /** Some turn unhealthy, one after the other, at times of no pattern. */
    void flips(Map<String, Object> figures) throws Exception {
      int flips = Math.min(FLIPS, count);
      Random random = new Random(1);
      long[] flipped = new long[flips];
      try (RequestedRemediations requested = new RequestedRemediations(admin, NAMESPACE)) {
        while (!requested.synced()) {
          monitor.process().waitFor(Duration.ofMillis(50));
        }
        monitor.process().waitFor(Duration.ofSeconds(3L * interval));
        table.step(flips + " of " + count + " apps of " + interval + " s turn unhealthy");
        for (int i = 0; i < flips; i++) {
          flipped[i] = System.nanoTime();
          apps.setHealth(i, "unhealthy");
          monitor.process().waitFor(Duration.ofMillis(20 + random.nextInt(180)));
        }
        List<Double> took = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < flips; i++) {
          OptionalLong at = requested.of(AppPopulation.name(i));
          while (at.isEmpty()) {
            if (System.nanoTime() > deadline) {
              throw new TimeoutException("no Remediation of " + AppPopulation.name(i));
            }
            monitor.process().waitFor(Duration.ofMillis(50));
            at = requested.of(AppPopulation.name(i));
          }
          took.add((at.getAsLong() - flipped[i]) / (double) TimeUnit.MILLISECONDS.toNanos(1));
        }
        took.sort(null);
        figures.put("flipToRemediationP50Ms", Math.round(took.get(took.size() / 2)));
        figures.put("flipToRemediationP99Ms", Math.round(took.get((int) (took.size() * 0.99))));
        table.row("flip to Remediation, half", took.get(took.size() / 2), "ms");
        table.row("flip to Remediation, 99 %", took.get((int) (took.size() * 0.99)), "ms");
      }
    }

    private static double round(double value) {
      return Math.round(value * 1000) / 1000.0;
    }

    @Override
    public void close() {
      suite.close();
      cluster.close();
    }
  }
}
