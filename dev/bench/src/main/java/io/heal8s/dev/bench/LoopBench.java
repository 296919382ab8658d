// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

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
import io.kubernetes.client.openapi.ApiException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * What the operator costs with many Remediations at rest: writes and memory; and how many no-op
 * reconciles a core does when all of them are looked at again and again.
 */
final class LoopBench implements Benchmark {

  private static final String NAMESPACE = "bench";
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration REST = Duration.ofSeconds(60);
  // A count costs the API server time that the operator's writes then wait for.
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration RUN = Duration.ofSeconds(20);
  private static final String TOUCH =
      """
      apiVersion: heal8s.io/v1alpha1
      kind: RemediationPolicy
      metadata:
        name: default
        namespace: heal8s-system
        annotations: {bench.heal8s.io/touched: "%d"}
      """;
  private static final String SETUP =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: bench
      ---
      apiVersion: heal8s.io/v1alpha1
      kind: RemediationPolicy
      metadata:
        name: default
        namespace: heal8s-system
      spec:
        repositories:
        - forge: git
          repository: https://forge.example/shop.git
          path: "apps/{namespace}/{name}.yaml"
        # Proposals count: with the default most of them would wait for room.
        budgets: {perNamespace: 1000000}
      """;

  @Override
  public Map<String, Object> run(int count, Table table) throws Exception {
    Path repository = Distribution.repository(Path.of("").toAbsolutePath());
    try (Cluster cluster = Cluster.start(ClusterOptions.api());
        SuiteOnCluster suite =
            new SuiteOnCluster(
                cluster, Distribution.find(System.getenv()), "bench-token-32-characters-long-xx")) {
      suite.install(Programs.ofThisUser(), repository);
      ApiClient admin = new ClusterAccess(cluster).admin();
      new ManifestApplier(admin, "bench").applyText(SETUP, NAMESPACE);
      ServiceProcess operator = suite.launch(Service.REMEDIATION_OPERATOR).awaitReady(READY);
      bringToRest(count, table, admin);
      long writes = writesAtRest(admin, operator, table);
      table.row("writes at rest in 60 s", writes, "requests");
      long resident = ResidentMemory.mebibytes(operator.process().pid());
      table.row("resident memory of the operator", resident, "MiB");
      operator.close();
      double perCore = reconcilesPerSecondPerCore(admin, suite, table);
      table.row("no-op reconciles", perCore, "per second and core");
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("reconcilesPerSecondPerCore", Math.round(perCore));
      figures.put("objects", count);
      figures.put("writesAtRest", writes);
      figures.put("residentMiB", resident);
      return figures;
    }
  }

  private static void bringToRest(int count, Table table, ApiClient admin)
      throws InterruptedException, ApiException, TimeoutException {
    Population population = new Population(admin, NAMESPACE);
    Phases phases = new Phases(admin, NAMESPACE);
    table.step("creating " + count + " Remediations and their targets");
    population.create(count);
    table.step("the operator plans them");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    awaitCounts(
        phases,
        table,
        deadline,
        Map.of(
            "AwaitingApproval",
            3 * count / 10,
            "Expired",
            2 * count / 10,
            "Stalled",
            count / 10,
            "Pending",
            4 * count / 10));
    population.openPullRequests(count);
    awaitCounts(
        phases,
        table,
        deadline,
        Map.of(
            "AwaitingApproval",
            3 * count / 10,
            "Expired",
            2 * count / 10,
            "Stalled",
            count / 10,
            "PRCreated",
            4 * count / 10));
  }

  private static void awaitCounts(
      Phases phases, Table table, long deadline, Map<String, Integer> wanted)
      throws ApiException, InterruptedException, TimeoutException {
    Map<String, Integer> now = phases.count();
    while (!now.equals(wanted)) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("at rest there should be " + wanted + ", there are " + now);
      }
      table.step(now.toString());
      Thread.sleep(BETWEEN_COUNTS);
      now = phases.count();
    }
  }

  private static long writesAtRest(ApiClient admin, ServiceProcess operator, Table table)
      throws Exception {
    WriteRequests writes = new WriteRequests(admin);
    // What was under way when the last object came to rest (Events, mostly) is not rest.
    operator.process().waitFor(Duration.ofSeconds(10));
    table.step("at rest for " + REST.toSeconds() + " s");
    long before = writes.count();
    operator.process().waitFor(REST);
    return writes.count() - before;
  }

  /**
   * A policy whose spec did not change makes the operator look at every Remediation again, in both
   * loops: observe, decide, compare, and nothing to read or write. It is touched whenever the
   * queues are empty. Only the runs of the loop over targets count; the processor time is that of
   * everything.
   */
  private static double reconcilesPerSecondPerCore(
      ApiClient admin, SuiteOnCluster suite, Table table) throws Exception {
    ServiceProcess operator = suite.launch(Service.REMEDIATION_OPERATOR).awaitReady(READY);
    table.step("every object again and again, " + WARM_UP.toSeconds() + " s to warm up");
    keepBusy(admin, operator, WARM_UP);
    table.step("and for " + RUN.toSeconds() + " s");
    OperatorMetrics before = OperatorMetrics.of(operator.metrics());
    keepBusy(admin, operator, RUN);
    OperatorMetrics after = OperatorMetrics.of(operator.metrics());
    return (after.reconciles() - before.reconciles()) / (after.cpuSeconds() - before.cpuSeconds());
  }

  private static void keepBusy(ApiClient admin, ServiceProcess operator, Duration time)
      throws Exception {
    ManifestApplier applier = new ManifestApplier(admin, "bench-touch");
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      if (OperatorMetrics.of(operator.metrics()).depth() == 0) {
        applier.applyText(TOUCH.formatted(System.nanoTime()), NAMESPACE);
      }
      operator.process().waitFor(Duration.ofMillis(200));
    }
  }
}
