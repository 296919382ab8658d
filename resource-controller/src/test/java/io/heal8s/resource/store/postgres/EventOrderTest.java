// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.ResourceEvent;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Positions of events under transactions that overlap. */
@ExtendWith(PostgresExtension.class)
class EventOrderTest {

  private static final String WRITE =
      """
      INSERT INTO resource_events (type, resource_id, resource_name, type_name, type_version, data)
      VALUES ('MODIFIED', 1, '%s', 'Thing', 'v1', '{}')
      """;

  private static final String WRITE_MANY =
      """
      INSERT INTO resource_events (type, resource_id, resource_name, type_name, type_version, data)
      SELECT 'MODIFIED', 1, 'bulk', 'Thing', 'v1', '{}' FROM generate_series(1, %d)
      """;

  private Database database;
  private Wakeups wakeups;
  private JdbcResourceStore resources;
  private JdbcEventLog log;
  private final List<EventPublisher> publishers = new ArrayList<>();

  @BeforeEach
  void open(Database fresh) {
    database = fresh;
    wakeups = new Wakeups(database);
    resources = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
    log = new JdbcEventLog(database, wakeups);
    new JdbcResourceTypeStore(database).create(Samples.type("Thing"));
    // Two, as in two processes.
    publishers.add(new EventPublisher(database, wakeups));
    publishers.add(new EventPublisher(database, wakeups));
  }

  @AfterEach
  void close() {
    publishers.forEach(EventPublisher::close);
    wakeups.close();
  }

  @Test
  void transactionHeldOpenStallsNobodyAndItsEventComesAfterWhatWasRead() throws SQLException {
    try (Connection held = database.pool().getConnection();
        Statement statement = held.createStatement()) {
      held.setAutoCommit(false);
      statement.execute(WRITE.formatted("late"));

      resources.create(Samples.resource("early", "instant"));
      await().until(() -> names().equals(List.of("early")));
      long seen = log.newest();

      held.commit();
      wakeups.announce(Wakeups.Topic.OUTBOX);
      await().until(() -> log.newest() > seen);
      assertThat(log.read(seen, EventLog.Filter.ALL, 10).events())
          .as("because who goes on from what it saw misses nothing")
          .extracting(ResourceEvent::resourceName)
          .containsExactly("late");
    }
  }

  @Test
  void moreThanOneRoundTakesIsPublishedInOneGoBesideATransactionThatIsHeldOpen()
      throws SQLException {
    int many = 25_000;
    try (Connection held = database.pool().getConnection();
        Statement late = held.createStatement();
        Connection other = database.pool().getConnection();
        Statement bulk = other.createStatement()) {
      held.setAutoCommit(false);
      late.execute(WRITE.formatted("late"));
      bulk.execute(WRITE_MANY.formatted(many));
      wakeups.announce(Wakeups.Topic.OUTBOX);
      await().until(() -> log.newest() == many);

      held.commit();
      wakeups.announce(Wakeups.Topic.OUTBOX);
      await().until(() -> log.newest() == many + 1);
      assertThat(log.read(many, EventLog.Filter.ALL, 10).events())
          .extracting(ResourceEvent::resourceName)
          .containsExactly("late");
    }
  }

  @Test
  void eventThatWasRolledBackLeavesNoGap() throws SQLException {
    try (Connection other = database.pool().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(WRITE.formatted("never"));
      other.rollback();
    }
    resources.create(Samples.resource("one", "instant"));
    resources.create(Samples.resource("two", "instant"));
    await().until(() -> names().equals(List.of("one", "two")));
    assertThat(positions()).containsExactly(1L, 2L);
  }

  @Test
  void readerThatResumesWhileManyWriteMissesNothingAndSeesNothingTwice() {
    int writers = 8;
    int each = 50;
    List<String> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        threads.execute(
            () -> {
              for (int i = 0; i < each; i++) {
                resources.create(Samples.resource("r-" + number + "-" + i, "instant"));
              }
            });
      }
      long[] position = {0};
      await()
          .until(
              () -> {
                EventLog.Batch batch = log.read(position[0], EventLog.Filter.ALL, 7);
                batch.events().forEach(event -> seen.add(event.resourceName()));
                position[0] = batch.upTo();
                return seen.size() >= writers * each;
              });
    }
    assertThat(seen).doesNotHaveDuplicates().hasSize(writers * each);
    assertThat(positions())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, writers * each).boxed().toList());
  }

  private List<String> names() {
    return log.read(0, EventLog.Filter.ALL, 1000).events().stream()
        .map(ResourceEvent::resourceName)
        .toList();
  }

  private List<Long> positions() {
    return log.read(0, EventLog.Filter.ALL, 1000).events().stream()
        .map(ResourceEvent::position)
        .toList();
  }
}
