// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a start without Flyway relies on. */
@ExtendWith(PostgresExtension.class)
class SchemaHistoryTest {

  @Test
  void everyMigrationIsNamed() throws Exception {
    Path folder =
        Path.of(
            Objects.requireNonNull(
                    Database.class.getResource(
                        "/db/migration/" + SchemaHistory.MIGRATIONS.getFirst()))
                .toURI());
    try (Stream<Path> files = Files.list(Objects.requireNonNull(folder.getParent()))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .as("one that is not named is not carried out where the others were")
          .containsExactlyInAnyOrderElementsOf(SchemaHistory.MIGRATIONS);
    }
  }

  @Test
  void itIsCompleteAfterFlywayAndOnlyThen(SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    try (Connection connection = connect(settings)) {
      assertThat(SchemaHistory.isComplete(connection)).as("empty").isFalse();
      Database.open(settings).close();
      assertThat(SchemaHistory.isComplete(connection)).as("migrated").isTrue();
      execute(
          connection,
          "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '20'");
      assertThat(SchemaHistory.isComplete(connection)).as("of another text").isFalse();
    }
    assertThatIllegalStateException()
        .as("which Flyway then refuses")
        .isThrownBy(() -> Database.open(settings))
        .withMessageContaining("cannot be brought to this version");
  }

  @Test
  void oneThatIsMissingIsCarriedOut(SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    Database.open(settings).close();
    try (Connection connection = connect(settings)) {
      execute(
          connection,
          "DELETE FROM flyway_schema_history WHERE version IN ('36', '37');"
              + " ALTER TABLE reconcile_work DROP COLUMN run_inputs;"
              + " ALTER TABLE users ALTER COLUMN source DROP DEFAULT");
      assertThat(SchemaHistory.isComplete(connection)).isFalse();
      Database.open(settings).close();
      assertThat(SchemaHistory.isComplete(connection)).isTrue();
      try (Statement statement = connection.createStatement();
          ResultSet source =
              statement.executeQuery(
                  "SELECT column_default FROM information_schema.columns"
                      + " WHERE table_name = 'users' AND column_name = 'source'")) {
        assertThat(source.next()).isTrue();
        assertThat(source.getString(1)).isEqualTo("'manual'::character varying");
      }
    }
  }

  @Test
  void aDatabaseOfTheOriginalIsCompleteOnceItIsAdopted(SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    try (Connection connection = connect(settings)) {
      try (var in =
          Objects.requireNonNull(
              Database.class.getResourceAsStream("/db/migration/V1__original_schema.sql"))) {
        execute(connection, new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
      }
      Database.open(settings).close();
      assertThat(SchemaHistory.isComplete(connection)).isTrue();
    }
  }

  private static Connection connect(ConnectionSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), "");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
