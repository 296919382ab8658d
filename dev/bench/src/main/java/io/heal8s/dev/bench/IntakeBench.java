// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.dev.bench.Load.Result;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast alerts become objects, beside how fast the API server takes such objects at all; and
 * whether any alert is lost or doubled, also when the gateway is killed.
 */
final class IntakeBench implements Benchmark {

  private static final String NAMESPACE = "bench";
  private static final int WARM_UP_ROUNDS = 3;
  private static final Duration READY = Duration.ofSeconds(60);
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
        routes:
        - alertName: "Kube*OOMKilled"
          labels: {environment: "bench|prod"}
          action:
            type: IncreaseMemory
            params: {memoryIncreasePercent: "25", maxMemory: 2Gi}
      """;

  private int round;

  @Override
  public Map<String, Object> run(int count, Table table) throws Exception {
    Programs programs = Programs.ofThisUser();
    Load load = new Load(programs);
    Path repository = Distribution.repository(Path.of("").toAbsolutePath());
    try (Cluster cluster = Cluster.start(ClusterOptions.api());
        SuiteOnCluster suite =
            new SuiteOnCluster(
                cluster, Distribution.find(System.getenv()), "bench-token-32-characters-long-xx")) {
      suite.install(programs, repository);
      ClusterAccess access = new ClusterAccess(cluster);
      new ManifestApplier(access.admin(), "bench").applyText(SETUP, NAMESPACE);
      suite.launch(Service.ALERT_GATEWAY).awaitReady(READY);
      return measure(count, table, load, cluster, suite, access.admin());
    }
  }

  private Map<String, Object> measure(
      int count, Table table, Load load, Cluster cluster, SuiteOnCluster suite, ApiClient admin)
      throws Exception {
    RemediationCount objects = new RemediationCount(admin);
    table.step("warming both sides");
    raw(load, cluster, suite, count / 2);
    ObjectShape asked = ObjectShape.of(admin, NAMESPACE, firstFingerprint());
    // Until its hot code is compiled: as many alerts as all that is measured afterwards.
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      gateway(load, suite, count, "--retry=0s");
    }
    asked.requireLike(ObjectShape.of(admin, NAMESPACE, firstFingerprint()));

    List<Result> raws = new ArrayList<>();
    List<Result> ours = new ArrayList<>();
    long before = objects.in(NAMESPACE);
    long accepted = 0;
    for (int turn = 0; turn < 5; turn++) {
      boolean rawTurn = turn % 2 == 0;
      Result result =
          rawTurn
              ? raw(load, cluster, suite, count / 2)
              : gateway(load, suite, count / 2, "--retry=0s");
      table.row(rawTurn ? "API server alone" : "gateway", result.perSecond(), "per second");
      (rawTurn ? raws : ours).add(result);
      accepted += result.accepted();
    }
    long lost = accepted - (objects.in(NAMESPACE) - before);
    double rawRate = median(raws.stream().map(Result::perSecond).toList());
    double ourRate = median(ours.stream().map(Result::perSecond).toList());

    table.step(count + " deliveries of one alert");
    before = objects.in(NAMESPACE);
    gateway(load, suite, count, "--distinct=1");
    long duplicates = objects.in(NAMESPACE) - before;

    table.step(count + " alerts while the gateway is killed");
    before = objects.in(NAMESPACE);
    Result killed = whileKilled(load, suite, count);
    long lostAfterKill = count - (objects.in(NAMESPACE) - before);

    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("rawPerSecond", rounded(rawRate));
    figures.put("gatewayPerSecond", rounded(ourRate));
    figures.put("ratio", Math.round(1000 * ourRate / rawRate) / 1000.0);
    double rawP99 = median(raws.stream().map(Result::p99Ms).toList());
    double ourP99 = median(ours.stream().map(Result::p99Ms).toList());
    figures.put("rawP99Ms", rawP99);
    figures.put("p99Ms", ourP99);
    figures.put("lost", lost);
    figures.put("duplicatesCreated", duplicates);
    figures.put("lostAfterKill", lostAfterKill);
    figures.put("retriesAroundKill", killed.retries());
    table.row("API server alone, median", rawRate, "per second");
    table.row("gateway, median", ourRate, "per second");
    table.row("ratio", 100 * ourRate / rawRate, "%");
    table.row("p99 of the API server's answer", rawP99, "ms");
    table.row("p99 of the gateway's answer", ourP99, "ms");
    table.row("accepted but not there", lost, "objects");
    table.row("objects from one alert sent often", duplicates, "objects");
    table.row(
        "lost around a SIGKILL", lostAfterKill, "of " + count + ", retries " + killed.retries());
    return figures;
  }

  /** Under the gateway's own account: who asks decides what the API server has to check. */
  private Result raw(Load load, Cluster cluster, SuiteOnCluster suite, int count)
      throws IOException, InterruptedException {
    String path =
        "/apis/%s/namespaces/%s/%s"
            .formatted(Remediation.API_VERSION, NAMESPACE, Remediation.PLURAL);
    return load.start(
            "--mode=raw",
            "--url=" + cluster.server() + path,
            "--ca=" + cluster.caFile(),
            "--token=" + suite.accountTokenFile(Service.ALERT_GATEWAY),
            "--prefix=" + prefix(),
            "--count=" + count)
        .result()
        .allAccepted();
  }

  private Result gateway(Load load, SuiteOnCluster suite, int count, String option)
      throws IOException, InterruptedException {
    return startAlerts(load, suite, count, option).result().allAccepted();
  }

  private Load.Running startAlerts(Load load, SuiteOnCluster suite, int count, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--mode=alerts");
    arguments.add("--url=" + suite.webhook());
    arguments.add("--token=" + suite.tokenFile());
    arguments.add("--prefix=" + prefix());
    arguments.add("--count=" + count);
    arguments.addAll(List.of(options));
    return load.start(arguments.toArray(String[]::new));
  }

  private Result whileKilled(Load load, SuiteOnCluster suite, int count)
      throws IOException, InterruptedException {
    ServiceProcess gateway = suite.process(Service.ALERT_GATEWAY);
    Load.Running running =
        startAlerts(load, suite, count, "--retry=120s", "--mark=" + Math.max(1, count / 3));
    running.awaitMark();
    gateway.restart();
    boolean inTheMiddle = running.goesOn();
    Result result = running.result().allAccepted();
    if (!inTheMiddle || result.retries() == 0) {
      throw new IllegalStateException(
          "the gateway was killed when nobody waited for it, which shows nothing; take a larger"
              + " --count");
    }
    return result;
  }

  private String prefix() {
    round++;
    return "r%02d".formatted(round);
  }

  /** Of the run that was started last. */
  private String firstFingerprint() {
    return "r%02d%08x".formatted(round, 0);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
