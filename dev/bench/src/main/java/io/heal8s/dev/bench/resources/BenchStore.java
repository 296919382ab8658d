// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.model.NewResourceType;
import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.reconcile.EngineSettings;
import io.heal8s.resource.reconcile.ReconcileEngine;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.EventPublisher;
import io.heal8s.resource.store.postgres.JdbcResourceStore;
import io.heal8s.resource.store.postgres.JdbcResourceTypeStore;
import io.heal8s.resource.store.postgres.JdbcWorkStore;
import io.heal8s.resource.store.postgres.Wakeups;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/** A database of its own with the store on it, gone with its end. */
public final class BenchStore implements AutoCloseable {

  private static final String TYPE = "Thing";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final BenchServer server;
  private final Database database;
  private final Wakeups wakeups;
  private final JdbcResourceStore resources;
  private final EventPublisher publisher;

  /** Starts it. */
  public BenchStore() throws IOException {
    server = new BenchServer();
    database = Database.open(server.connection());
    wakeups = new Wakeups(database);
    resources = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
    new JdbcResourceTypeStore(database)
        .create(
            new NewResourceType(
                TYPE, "v1", JSON.createObjectNode(), null, JSON.createObjectNode()));
    publisher = new EventPublisher(database, wakeups);
  }

  /** The resources. */
  JdbcResourceStore resources() {
    return resources;
  }

  /** A connection that is not from the pool's point of view in use by the service. */
  Connection connect() throws SQLException {
    return database.pool().getConnection();
  }

  ReconcileEngine engine(EngineSettings settings, ActionPlugin plugin) {
    ReconcileEngine engine =
        new ReconcileEngine(
            new JdbcWorkStore(database, wakeups, Clock.systemUTC(), "bench"),
            new PluginCatalog(Map.of(plugin.info().name(), plugin), Map.of()),
            settings,
            new SimpleMeterRegistry(),
            Clock.systemUTC(),
            UUID::randomUUID,
            RandomGenerator.of("Random"));
    wakeups.on(Wakeups.Topic.WORK, engine::wake);
    return engine;
  }

  static NewResource resource(String name) {
    return new NewResource(
        name,
        TYPE,
        "v1",
        "instant",
        JSON.createObjectNode().put("engine", "postgres").put("storage_gb", 500),
        JSON.createObjectNode(),
        JSON.createObjectNode(),
        List.of("instant"),
        Approval.AUTOMATIC);
  }

  long count(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  String text(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public void close() throws IOException {
    publisher.close();
    wakeups.close();
    database.close();
    server.close();
  }
}
