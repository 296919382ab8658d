// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.heal8s.dev.bench.resources.BenchStore;
import io.heal8s.dev.bench.resources.ReconcileFigures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The reconcile loop of the resource controller on a PostgreSQL that writes durably. */
final class ResourcesBench implements Benchmark {

  private static final Duration SUSTAINED = Duration.ofSeconds(60);
  private static final int BACKLOG_PER_COUNT = 60;
  private static final int WARM_UP_PER_SECOND = 500;
  private static final int PER_SECOND = 1_000;

  /** The count is what could be reconciled in a second at most: so much backlog is made. */
  @Override
  public Map<String, Object> run(int count, Table table) throws Exception {
    Path programs = cache().resolve("heal8s").resolve("postgres");
    Map<String, Object> figures = new LinkedHashMap<>();
    table.step("filling the queue, then reconciling for " + SUSTAINED.toSeconds() + " s");
    try (BenchStore store = new BenchStore(programs)) {
      double perSecond =
          new ReconcileFigures(store)
              .perSecond(
                  count * BACKLOG_PER_COUNT,
                  SUSTAINED,
                  pace -> table.row("reconciles in this second", pace, "/s"));
      figures.put("reconcilesPerSecond", Math.round(perSecond));
      table.row("reconciles, sustained", perSecond, "/s");
    }
    table.step("creating " + PER_SECOND + " a second");
    try (BenchStore store = new BenchStore(programs)) {
      new ReconcileFigures(store).addToStartP99Ms(WARM_UP_PER_SECOND, Duration.ofSeconds(5));
    }
    try (BenchStore store = new BenchStore(programs)) {
      double p99 = new ReconcileFigures(store).addToStartP99Ms(PER_SECOND, Duration.ofSeconds(20));
      figures.put("addToStartP99Ms", p99);
      table.row("create to first call, 99 %", p99, "ms");
    }
    return figures;
  }

  private static Path cache() {
    String set = System.getenv("XDG_CACHE_HOME");
    return set == null || set.isBlank()
        ? Path.of(Objects.requireNonNull(System.getProperty("user.home")), ".cache")
        : Path.of(set);
  }
}
