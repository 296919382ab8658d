// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import io.heal8s.dev.bench.resources.Workers.Rate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The REST interface of the service as it is shipped, at 16 connections. */
public final class RestFigures {

  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration MEASURED = Duration.ofSeconds(15);
  private static final int EXPECTED_CREATED = 201;
  private static final int EXPECTED_READ = 200;

  private final BenchServer server;

  /**
   * @param server with an empty database
   */
  public RestFigures(BenchServer server) {
    this.server = server;
  }

  /**
   * What was measured.
   *
   * @param createPerSecond resources created, which are reconciled meanwhile
   * @param createP99Ms time from a request to its answer
   * @param getPerSecond resources read by id
   * @param listPerSecond pages of the usual 100 resources
   */
  public record Figures(
      double createPerSecond, double createP99Ms, double getPerSecond, double listPerSecond) {}

  /** Measures. */
  public Figures measure() throws IOException, InterruptedException {
    try (BenchService service =
        BenchService.start(server, "rest", List.of(BenchService.instantPlugin(server)))) {
      service.awaitReady();
      Workers workers = new Workers(service.port());
      type(service.port());
      workers.flatOut(WARM_UP, (to, number) -> create(to, "warm-" + number));
      Rate created = workers.flatOut(MEASURED, (to, number) -> create(to, "made-" + number));
      int most = created.count();
      Workers.Request get =
          (to, number) -> expect(to, EXPECTED_READ, "/api/v1/resources/" + (1 + number % most));
      workers.flatOut(WARM_UP.dividedBy(2), get);
      Rate read = workers.flatOut(MEASURED, get);
      Workers.Request list = (to, number) -> expect(to, EXPECTED_READ, "/api/v1/resources");
      workers.flatOut(WARM_UP.dividedBy(2), list);
      Rate listed = workers.flatOut(MEASURED, list);
      return new Figures(
          created.perSecond(), created.p99Ms(), read.perSecond(), listed.perSecond());
    }
  }

  /** Makes the type that the resources of the figures have. */
  static void type(int port) throws IOException {
    try (KeptConnection connection = new KeptConnection(port)) {
      expect(
          connection.send(
              "POST",
              "/api/v1/resource-types",
              """
              {"name": "Thing", "version": "v1", "schema": {"type": "object", "required": ["engine"],
               "properties": {"engine": {"enum": ["postgres", "mysql"]},
                              "storage_gb": {"type": "integer", "minimum": 10}}}}
              """),
          EXPECTED_CREATED);
    }
  }

  static void create(KeptConnection connection, String name) throws IOException {
    create(connection, name, "instant", "{}");
  }

  static void create(KeptConnection connection, String name, String plugin, String config)
      throws IOException {
    expect(
        connection.send(
            "POST",
            "/api/v1/resources",
            """
            {"name": "%s", "resource_type_name": "Thing", "resource_type_version": "v1",
             "action_plugin": "%s", "plugin_config": %s,
             "spec": {"engine": "postgres", "storage_gb": 500}}
            """
                .formatted(name, plugin, config)),
        EXPECTED_CREATED);
  }

  private static void expect(KeptConnection connection, int status, String path)
      throws IOException {
    expect(connection.send("GET", path, null), status);
  }

  private static void expect(KeptConnection.Answer answer, int status) {
    if (answer.status() != status) {
      throw new IllegalStateException(
          "%d instead of %d: %s".formatted(answer.status(), status, answer.body()));
    }
  }
}
