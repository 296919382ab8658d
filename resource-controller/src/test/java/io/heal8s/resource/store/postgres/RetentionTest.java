// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.ResourceEvent;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is deleted because it is old or too much, and what stays. */
@ExtendWith(PostgresExtension.class)
class RetentionTest {

  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration FOREVER = Duration.ofDays(36_500);
  private static final int MANY = 1_000;

  private Database database;
  private Wakeups wakeups;
  private JdbcResourceStore resources;
  private JdbcEventLog log;
  private JdbcWorkStore work;

  @BeforeEach
  void open(Database fresh) {
    database = fresh;
    wakeups = new Wakeups(database);
    resources = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
    log = new JdbcEventLog(database, wakeups);
    work = new JdbcWorkStore(database, wakeups, Clock.systemUTC(), "test");
    new JdbcResourceTypeStore(database).create(Samples.type("Thing"));
  }

  @AfterEach
  void close() {
    wakeups.close();
  }

  private long create(String name) {
    return ((CreateResult.Created) resources.create(Samples.resource(name, "instant")))
        .resource()
        .id();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void history(long resource, int attempts, String age) throws SQLException {
    execute(
        """
        INSERT INTO reconciliation_history (resource_id, generation, success, phase, reconcile_time)
        SELECT %d, n, true, 'completed', now() - interval '%s' + n * interval '1 second'
        FROM generate_series(1, %d) AS n
        """
            .formatted(resource, age, attempts));
  }

  private void pruneAll(Duration historyAge, int perResource, Duration eventAge) {
    // Each takes a bounded number of rows.
    await().until(() -> work.prune(historyAge, perResource, eventAge) == 0);
  }

  @Test
  void attemptsThatAreTooOldGo() throws SQLException {
    long id = create("one");
    history(id, 3, "31 days");
    history(id, 2, "1 day");

    pruneAll(MONTH, MANY, FOREVER);

    assertThat(resources.history(id, 10, null)).hasSize(2);
  }

  @Test
  void ofTooManyAttemptsTheNewestStay() throws SQLException {
    long busy = create("busy");
    long quiet = create("quiet");
    history(busy, 20, "1 hour");
    history(quiet, 3, "1 hour");

    pruneAll(FOREVER, 5, FOREVER);

    assertThat(resources.history(busy, 50, null))
        .extracting(HistoryEntry::generation)
        .containsExactly(20L, 19L, 18L, 17L, 16L);
    assertThat(resources.history(quiet, 50, null)).hasSize(3);
  }

  @Test
  void oldEventsGoAndPositionsGoOnFromTheNewest() throws SQLException {
    try (EventPublisher publisher = new EventPublisher(database, wakeups)) {
      create("one");
      create("two");
      create("three");
      await().until(() -> log.newest() == 3);
      execute("UPDATE resource_events SET occurred_at = now() - interval '31 days'");

      pruneAll(FOREVER, MANY, MONTH);

      assertThat(log.newest()).as("because readers go on from there").isEqualTo(3);
      assertThat(log.read(0, EventLog.Filter.ALL, 10).events())
          .as("the newest stays, since the next position is counted from it")
          .extracting(ResourceEvent::position)
          .containsExactly(3L);
      create("four");
      await().until(() -> log.newest() == 4);
    }
  }

  @Test
  void eventsWithoutAPositionStayHoweverOldTheyAre() throws SQLException {
    create("one");
    execute("UPDATE resource_events SET occurred_at = now() - interval '31 days'");

    pruneAll(FOREVER, MANY, MONTH);

    try (EventPublisher publisher = new EventPublisher(database, wakeups)) {
      await().until(() -> log.newest() == 1);
    }
  }
}
