// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.heal8s.dev.bench.resources.BenchServer;
import io.heal8s.dev.bench.resources.BenchService;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.dev.suite.SuiteOnCluster;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long each service takes from the call of its program to ready, and what it holds in memory at
 * rest.
 */
final class StartupBench implements Benchmark {

  private static final int ROUNDS = 5;
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(5);

  /** Calls a service's program; what else it needs is there already. */
  private interface Launch {
    ServiceProcess call() throws IOException;
  }

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
        services.add(measure(service.module(), () -> suite.launch(service), table));
      }
    }
    try (BenchServer database = new BenchServer()) {
      services.add(
          measure(
              BenchService.NAME,
              () -> BenchService.start(database, "startup", List.of()).process(),
              table));
    }
    return Map.of("services", services);
  }

  private static Map<String, Object> measure(String name, Launch launch, Table table)
      throws InterruptedException, IOException {
    List<Long> ready = new ArrayList<>();
    List<Long> memory = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      try (ServiceProcess process = launch.call()) {
        ready.add(process.awaitReady(READY).age().toMillis());
        process.process().waitFor(REST);
        memory.add(ResidentMemory.mebibytes(process.process().pid()));
      }
    }
    long readyMs = ready.stream().sorted().toList().get(ROUNDS / 2);
    long residentMiB = memory.stream().sorted().toList().get(ROUNDS / 2);
    table.row(name + ", ready", readyMs, "ms");
    table.row(name + ", resident", residentMiB, "MiB");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("name", name);
    figures.put("readyMs", readyMs);
    figures.put("residentMiB", residentMiB);
    return figures;
  }
}
