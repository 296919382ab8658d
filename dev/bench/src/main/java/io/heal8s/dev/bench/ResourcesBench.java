// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.heal8s.dev.bench.resources.BenchServer;
import io.heal8s.dev.bench.resources.BenchStore;
import io.heal8s.dev.bench.resources.ReadyFigures;
import io.heal8s.dev.bench.resources.ReconcileFigures;
import io.heal8s.dev.bench.resources.RestFigures;
import io.heal8s.dev.bench.resources.StreamFigures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The resource controller on a PostgreSQL that writes durably, on the same cores. */
final class ResourcesBench implements Benchmark {

  private static final Duration SUSTAINED = Duration.ofSeconds(60);
  private static final int WARM_UP_PER_SECOND = 500;
  private static final int PER_SECOND = 1_000;
  private static final int STORED_EVENTS = 1_000_000;

  private final List<String> parts;

  /**
   * @param parts of rest, engine, start, ready and stream; none for all
   */
  ResourcesBench(List<String> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * The count is half of what could be reconciled in a second at most: so much backlog is made that
   * the queue stays full on quick machines, too.
   */
  @Override
  public Map<String, Object> run(int count, Table table) throws Exception {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Map.Entry<String, Part> part : all(count).entrySet()) {
      if (parts.isEmpty() || parts.contains(part.getKey())) {
        part.getValue().run(figures, table);
      }
    }
    return figures;
  }

  private static Map<String, Part> all(int count) {
    Map<String, Part> all = new LinkedHashMap<>();
    all.put("rest", ResourcesBench::rest);
    all.put("engine", (figures, table) -> engine(count, figures, table));
    all.put("start", ResourcesBench::start);
    all.put("ready", ResourcesBench::ready);
    all.put("stream", ResourcesBench::stream);
    return all;
  }

  @FunctionalInterface
  private interface Part {
    void run(Map<String, Object> figures, Table table) throws Exception;
  }

  private static void rest(Map<String, Object> figures, Table table) throws Exception {
    table.step("creating, reading and listing over 16 connections");
    try (BenchServer server = new BenchServer()) {
      RestFigures.Figures rest = new RestFigures(server).measure();
      figures.put("createPerSecond", Math.round(rest.createPerSecond()));
      figures.put("getPerSecond", Math.round(rest.getPerSecond()));
      figures.put("listPerSecond", Math.round(rest.listPerSecond()));
      figures.put("createP99Ms", rounded(rest.createP99Ms()));
      table.row("creates", rest.createPerSecond(), "/s");
      table.row("create, 99 %", rest.createP99Ms(), "ms");
      table.row("reads", rest.getPerSecond(), "/s");
      table.row("lists of 100", rest.listPerSecond(), "/s");
    }
  }

  private static void engine(int count, Map<String, Object> figures, Table table) throws Exception {
    int backlog = (int) (2L * count * SUSTAINED.plus(ReconcileFigures.WARM_UP).toSeconds());
    table.step("filling the queue, then reconciling for " + SUSTAINED.toSeconds() + " s");
    try (BenchStore store = new BenchStore()) {
      double perSecond =
          new ReconcileFigures(store)
              .perSecond(
                  backlog, SUSTAINED, pace -> table.row("reconciles in this second", pace, "/s"));
      figures.put("reconcilesPerSecond", Math.round(perSecond));
      table.row("reconciles, sustained", perSecond, "/s");
    }
  }

  private static void start(Map<String, Object> figures, Table table) throws Exception {
    table.step("creating " + PER_SECOND + " a second");
    try (BenchStore store = new BenchStore()) {
      new ReconcileFigures(store).addToStartP99Ms(WARM_UP_PER_SECOND, Duration.ofSeconds(5));
    }
    try (BenchStore store = new BenchStore()) {
      double p99 = new ReconcileFigures(store).addToStartP99Ms(PER_SECOND, Duration.ofSeconds(20));
      figures.put("addToStartP99Ms", rounded(p99));
      table.row("create to first call, 99 %", p99, "ms");
    }
  }

  private static void ready(Map<String, Object> figures, Table table) throws Exception {
    table.step("a hundred http resources at default settings");
    try (BenchServer server = new BenchServer();
        ReadyFigures ready = new ReadyFigures(server)) {
      double alone = ready.hundredReadySeconds();
      figures.put("hundredReadySeconds", rounded(alone));
      table.row("all ready", alone, "s");
      double beside = ready.fastBesideSlowSeconds();
      figures.put("fastBesideSlowSeconds", rounded(beside));
      table.row("all ready beside a slow one", beside, "s");
    }
  }

  private static void stream(Map<String, Object> figures, Table table) throws Exception {
    table.step("replaying %,d events through reconnects".formatted(STORED_EVENTS));
    try (BenchServer server = new BenchServer()) {
      StreamFigures.Figures stream = new StreamFigures(server).measure(STORED_EVENTS);
      figures.put("sseEvents", stream.events());
      figures.put("sseSeconds", rounded(stream.seconds()));
      figures.put("sseGaps", stream.gaps());
      figures.put("sseWritesPerSecond", Math.round(stream.writesPerSecond()));
      figures.put("sseLiveEventsPerSecond", Math.round(stream.liveEventsPerSecond()));
      table.row("events received", stream.events(), "");
      table.row("until all were received", stream.seconds(), "s");
      table.row("events missed or doubled", stream.gaps(), "");
      table.row("creates meanwhile, by library", stream.writesPerSecond(), "/s");
      table.row("events of these", stream.liveEventsPerSecond(), "/s");
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
