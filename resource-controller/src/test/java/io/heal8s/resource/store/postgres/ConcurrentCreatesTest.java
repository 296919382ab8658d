// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Creates beside each other, and beside a transaction that somebody left open. */
@ExtendWith(PostgresExtension.class)
@Timeout(30)
class ConcurrentCreatesTest {

  private static final int WRITERS = 16;
  private static final int EACH = 25;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Connection other;
  private Wakeups wakeups;
  private JdbcResourceStore store;

  @BeforeEach
  void open(Database database) throws SQLException {
    wakeups = new Wakeups(database);
    store = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
    new JdbcResourceTypeStore(database).create(Samples.type("Thing"));
    other = database.pool().getConnection();
    other.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    other.rollback();
    other.close();
    threads.close();
    wakeups.close();
  }

  /** Takes a name in the transaction that stays open; ends before a deadlock would be seen. */
  private void take(String name) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '300ms'");
      statement.execute(
          """
          INSERT INTO resources (name, resource_type_name, resource_type_version, action_plugin,
            spec, plugin_config, metadata, finalizers, approval)
          VALUES ('%s', 'Thing', 'v1', '', '{}', '{}', '{}', '[]', 'automatic')
          """
              .formatted(name));
    }
  }

  private boolean somebodyWaits() throws SQLException {
    try (Statement statement = other.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
      rows.next();
      return rows.getInt(1) > 0;
    }
  }

  @Test
  void oneThatWaitsForAnOpenTransactionHoldsNobodyElse() throws Exception {
    take("taken");
    Future<CreateResult> blocked =
        threads.submit(() -> store.create(Samples.resource("taken", "")));
    await().until(this::somebodyWaits);
    assertThat(store.create(Samples.resource("free", ""))).isInstanceOf(CreateResult.Created.class);
    assertThat(blocked.isDone()).isFalse();
    other.commit();
    assertThat(blocked.get()).isInstanceOf(CreateResult.NameTaken.class);
  }

  @Test
  void twoThatMakeTheSameNamesDoNotWaitForEachOther() throws Exception {
    take("a");
    Future<List<CreateResult>> blocked =
        threads.submit(
            () -> store.createAll(List.of(Samples.resource("b", ""), Samples.resource("a", ""))));
    await().until(this::somebodyWaits);
    take("b");
    other.commit();
    assertThat(blocked.get()).hasOnlyElementsOfType(CreateResult.NameTaken.class);
  }

  @Test
  void manyBesideEachOtherEachGetTheirOwn() throws Exception {
    List<Future<List<String>>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      writers.add(
          threads.submit(
              () -> {
                List<String> made = new ArrayList<>();
                for (int k = 0; k < EACH; k++) {
                  // Half of the names are wanted by two writers.
                  String name = "name-%d-%d".formatted(k % 2 == 0 ? writer : writer / 2, k);
                  if (store.create(Samples.resource(name, ""))
                      instanceof CreateResult.Created created) {
                    assertThat(created.resource().name()).isEqualTo(name);
                    made.add(created.resource().id() + " " + name);
                  }
                }
                return made;
              }));
    }
    List<String> told = new ArrayList<>();
    for (Future<List<String>> each : writers) {
      told.addAll(each.get());
    }
    List<String> stored = new ArrayList<>();
    try (Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id || ' ' || name FROM resources")) {
      while (rows.next()) {
        stored.add(rows.getString(1));
      }
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(stored);
    assertThat(stored).hasSize(WRITERS * 13 + WRITERS / 2 * 12);
  }
}
