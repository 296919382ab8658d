// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
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
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
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
 *
 * @param rest whether the first part is run
 * @param flips whether the second part is run
 * @param stateBytes size to which a state is padded; those of real applications have 2 to 4 KB
 */
record GraphqlBench(boolean rest, boolean flips, int stateBytes) implements Benchmark {

  private static final String NAMESPACE = "bench";
  private static final int INTERVAL = 30;
  private static final int SHORT_INTERVAL = 5;
  private static final int FLIPS = 200;
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public Map<String, Object> run(int count, Table table) throws Exception {
    Programs programs = Programs.ofThisUser();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("apps", count);
    CoreAffinity.otherThanTheServices();
    if (rest) {
      try (PlayedApps apps = new PlayedApps(programs, stateBytes);
          Part part = new Part(programs, apps, count, INTERVAL, table)) {
        part.rest(figures);
        part.end(figures);
      }
    }
    if (flips) {
      try (PlayedApps apps = new PlayedApps(programs, stateBytes);
          Part part = new Part(programs, apps, Math.max(count / 10, 1), SHORT_INTERVAL, table)) {
        part.flips(figures);
      }
    }
    figures.forEach((name, value) -> table.row(name, ((Number) value).doubleValue(), ""));
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
      // A list of all is work for the API server, so it is asked for once there is hope.
      for (long now = apps.counts().apps(); now < count; now = apps.counts().apps()) {
        waitUntil(deadline, now, "asked");
      }
      for (long now = monitored(); now < count; now = monitored()) {
        waitUntil(deadline, now, "monitored");
      }
    }

    private void waitUntil(long deadline, long now, String what) throws Exception {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(now + " of " + count + " TargetApps are " + what);
      }
      table.step(now + " of " + count + " are " + what);
      monitor.process().waitFor(Duration.ofSeconds(2));
    }

    private long monitored() {
      return new KubernetesReader(new KubernetesApi(admin, Duration.ofSeconds(30)))
          .list(ServedKinds.TARGET_APPS, Selector.namespace(NAMESPACE)).orThrow().stream()
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
      MonitorMetrics before = MonitorMetrics.of(monitor.metrics());
      long writesBefore = writes.statusWrites("targetapps");
      monitor.process().waitFor(measured);
      MonitorMetrics after = MonitorMetrics.of(monitor.metrics());
      long atRest = writes.statusWrites("targetapps") - writesBefore;
      double cores = (after.cpuSeconds() - before.cpuSeconds()) / measured.toSeconds();
      figures.put("latenessP99Ms", after.latenessMs(before, 0.99));
      // While the first states of all are written, and code is compiled.
      figures.put("latenessFromStartP99Ms", before.latenessMs(MonitorMetrics.NONE, 0.99));
      figures.put("residentMiB", ResidentMemory.mebibytes(monitor.process().pid()));
      figures.put("statusWritesAtRest", atRest);
      figures.put("pollsPerSecond", round((after.begun() - before.begun()) / measured.toSeconds()));
      figures.put("coresAtRest", round(cores));
    }

    /**
     * No app is left and no poll under way: only now both sides have counted the same polls, all of
     * them since the monitor's start.
     */
    void end(Map<String, Object> figures) throws Exception {
      table.step("deleting the TargetApps");
      new CustomObjectsApi(admin)
          .deleteCollectionNamespacedCustomObject(
              TargetApp.GROUP, TargetApp.VERSION, NAMESPACE, TargetApp.PLURAL)
          .execute();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      MonitorMetrics metrics = MonitorMetrics.of(monitor.metrics());
      while (metrics.active() > 0) {
        if (System.nanoTime() > deadline) {
          throw new TimeoutException(metrics.active() + " apps are still polled");
        }
        monitor.process().waitFor(Duration.ofSeconds(1));
        metrics = MonitorMetrics.of(monitor.metrics());
      }
      PlayedApps.Counts counts = apps.counts();
      figures.put("requestsPerPoll", round(counts.requests() / metrics.begun()));
      figures.put("connectionsPerApp", round((double) counts.connections() / counts.apps()));
      figures.put("eventsDropped", Math.round(metrics.eventsDropped()));
    }

    /**
     * Some turn unhealthy, one after the other, and after they were well again once more, half an
     * interval later in their own time: a poll that was far the first time is near the second time,
     * so that the middle of all is not left to chance.
     */
    void flips(Map<String, Object> figures) throws Exception {
      int flips = Math.min(FLIPS, count);
      Random random = new Random(1);
      long[] pauses = random.longs(flips, 20, 200).toArray();
      List<Double> took = new ArrayList<>();
      try (RequestedRemediations requested = new RequestedRemediations(admin, NAMESPACE)) {
        while (!requested.synced()) {
          monitor.process().waitFor(Duration.ofMillis(50));
        }
        monitor.process().waitFor(Duration.ofSeconds(3L * interval));
        table.step(flips + " of " + count + " apps of " + interval + " s turn unhealthy");
        long first = System.nanoTime();
        took.addAll(turnUnhealthy(requested, pauses, first));
        for (int i = 0; i < flips; i++) {
          apps.setHealth(i, "healthy");
        }
        monitor.process().waitFor(Duration.ofSeconds(2L * interval));
        long whole = Duration.ofSeconds(interval).toNanos();
        long later = (System.nanoTime() - first) / whole * whole + whole + whole / 2;
        table.step("the same once more, half an interval shifted");
        took.addAll(turnUnhealthy(requested, pauses, first + later));
      }
      took.sort(null);
      figures.put("flipToRemediationP50Ms", Math.round(took.get(took.size() / 2)));
      figures.put("flipToRemediationP99Ms", Math.round(took.get((int) (took.size() * 0.99))));
    }

    /** Milliseconds from each flip to its Remediation. */
    private List<Double> turnUnhealthy(RequestedRemediations requested, long[] pauses, long begin)
        throws Exception {
      requested.forget();
      long[] flipped = new long[pauses.length];
      long due = begin;
      for (int i = 0; i < pauses.length; i++) {
        due += Duration.ofMillis(pauses[i]).toNanos();
        long left = due - System.nanoTime();
        if (left > 0) {
          monitor.process().waitFor(Duration.ofNanos(left));
        }
        flipped[i] = System.nanoTime();
        apps.setHealth(i, "unhealthy");
      }
      List<Double> took = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      for (int i = 0; i < pauses.length; i++) {
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
      return took;
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
