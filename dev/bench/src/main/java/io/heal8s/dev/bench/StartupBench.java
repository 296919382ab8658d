// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.dev.suite.SuiteOnCluster;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long each service takes from its start to ready, and what it holds in memory at rest. */
final class StartupBench implements Benchmark {

  private static final int ROUNDS = 5;
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(10);

  @Override
  public Map<String, Object> run(int count, Table table) throws Exception {
    Programs programs = Programs.ofThisUser();
    Path repository = Distribution.repository(Path.of("").toAbsolutePath());
    List<Map<String, Object>> services = new ArrayList<>();
    try (Cluster cluster = Cluster.start(ClusterOptions.api());
        SuiteOnCluster suite =
            new SuiteOnCluster(
                cluster, Distribution.find(System.getenv()), "bench-token-32-characters-long-xx")) {
      suite.install(programs, repository);
      for (Service service : Service.values()) {
        services.add(measure(suite, service, table));
      }
    }
    return Map.of("services", services);
  }

  private static Map<String, Object> measure(SuiteOnCluster suite, Service service, Table table)
      throws InterruptedException {
    List<Long> ready = new ArrayList<>();
    List<Long> memory = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long began = System.nanoTime();
      try (ServiceProcess process = suite.launch(service)) {
        process.awaitReady(READY);
        ready.add((System.nanoTime() - began) / 1_000_000);
        process.process().waitFor(REST);
        memory.add(ResidentMemory.mebibytes(process.process().pid()));
      }
    }
    long readyMs = ready.stream().sorted().toList().get(ROUNDS / 2);
    long residentMiB = memory.stream().sorted().toList().get(ROUNDS / 2);
    table.row(service.module() + ", ready", readyMs, "ms");
    table.row(service.module() + ", resident", residentMiB, "MiB");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("name", service.module());
    figures.put("readyMs", readyMs);
    figures.put("residentMiB", residentMiB);
    return figures;
  }
}
