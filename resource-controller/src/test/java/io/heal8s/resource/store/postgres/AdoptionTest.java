// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database that the original made and used becomes ours with all that is in it. */
@ExtendWith(PostgresExtension.class)
class AdoptionTest {

  private static final String ROWS =
      """
      CREATE TABLE schema_migrations (id SERIAL PRIMARY KEY, version VARCHAR(255) UNIQUE NOT NULL,
        filename VARCHAR(255) NOT NULL, applied_at TIMESTAMP DEFAULT NOW());
      INSERT INTO resource_types (name, version, schema) VALUES ('DatabaseCluster', 'v1', '{"type": "object"}');
      INSERT INTO resources (name, resource_type_name, resource_type_version, action_plugin, spec, status,
        generation, observed_generation, spec_hash, retry_count, last_reconcile_time, next_reconcile_time,
        created_at, deleted_at) VALUES
        ('ready', 'DatabaseCluster', 'v1', 'github_actions', '{"size": 1}', 'ready', 2, 2, 'x', 0,
          '2026-01-15 10:31:00', '2026-01-15 10:36:00', '2026-01-15 10:30:00', NULL),
        ('stuck', 'DatabaseCluster', 'v1', 'github_actions', NULL, 'reconciling', 1, 0, 'x', 0,
          NULL, NULL, '2026-01-15 10:30:00', NULL),
        ('failed', 'DatabaseCluster', 'v1', 'github_actions', '{}', 'failed', 1, 0, 'x', 3,
          '2026-01-15 10:31:00', NULL, '2026-01-15 10:30:00', NULL),
        ('orphan', 'Vanished', 'v1', 'github_actions', '{}', 'ready', 1, 1, 'x', 0,
          '2026-01-15 10:31:00', NULL, '2026-01-15 10:30:00', NULL),
        ('deleted', 'DatabaseCluster', 'v1', 'github_actions', '{}', 'deleting', 1, 1, 'x', 0,
          '2026-01-15 10:31:00', NULL, '2026-01-15 10:30:00', '2026-01-16 00:00:00');
      INSERT INTO reconciliation_history (resource_id, generation, success, phase, trigger_reason)
        VALUES (1, 1, true, 'completed', 'initial'), (1, 2, true, 'completed', 'spec_change');
      """;

  /** What the newest release has more, edited into the same migration. */
  private static final String NEWEST =
      """
      ALTER TABLE resources ADD COLUMN conditions JSONB DEFAULT '[]';
      ALTER TABLE resources ADD COLUMN finalizers JSONB DEFAULT '[]';
      CREATE INDEX idx_resources_conditions ON resources USING GIN (conditions) WHERE deleted_at IS NULL;
      UPDATE resources SET finalizers = '["github_actions", "billing"]' WHERE name = 'ready';
      """;

  @Test
  void firstReleaseIsAdopted(SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    execute(settings, original() + ROWS);

    try (Database database = Database.open(settings);
        Wakeups wakeups = new Wakeups(database)) {
      JdbcResourceStore store = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
      Resource ready = byName(store, "ready");
      assertThat(ready.status()).isEqualTo(ResourceStatus.READY);
      assertThat(ready.observedGeneration()).isEqualTo(2);
      assertThat(ready.createdAt())
          .as("because the original's servers write UTC without saying so")
          .isEqualTo(Instant.parse("2026-01-15T10:30:00Z"));
      assertThat(ready.finalizers()).containsExactly("github_actions");
      assertThat(store.history(ready.id(), 10, null)).hasSize(2);

      Resource stuck = byName(store, "stuck");
      assertThat(stuck.status()).isEqualTo(ResourceStatus.PENDING);
      assertThat(stuck.spec().isEmpty()).isTrue();
      assertThat(byName(store, "failed").retryCount()).isEqualTo(3);
      assertThat(byName(store, "deleted").status())
          .as("because it was never destroyed, and now will be")
          .isEqualTo(ResourceStatus.DELETING);
      assertThat(byName(store, "orphan").typeName()).isEqualTo("Vanished");
    }
    Database.open(settings).close();
  }

  @Test
  void newestReleaseKeepsItsFinalizers(SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    execute(settings, original() + ROWS + NEWEST);

    try (Database database = Database.open(settings);
        Wakeups wakeups = new Wakeups(database)) {
      JdbcResourceStore store = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
      assertThat(byName(store, "ready").finalizers()).containsExactly("github_actions", "billing");
    }
  }

  @Test
  void databaseOfSomebodyElseIsLeftAlone(SharedPostgres server) throws SQLException {
    ConnectionSettings settings = server.empty(1, 4);
    execute(settings, "CREATE TABLE invoices (id int)");
    assertThatIllegalStateException()
        .isThrownBy(() -> Database.open(settings))
        .withMessageContaining("set DB_NAME to an empty database");
  }

  @Test
  void twoProcessesMayStartOnAnEmptyDatabaseAtOnce(SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    List<Thread> threads = new java.util.ArrayList<>();
    List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread thread = Thread.ofVirtual().unstarted(() -> Database.open(settings).close());
      thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private static Resource byName(JdbcResourceStore store, String name) {
    return store.list(ResourceQuery.first(100)).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String original() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            Database.class.getResourceAsStream("/db/migration/V1__original_schema.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void execute(ConnectionSettings settings, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
