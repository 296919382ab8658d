// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Whether the tables are of our version already, as nearly always: told by what Flyway wrote down,
 * without Flyway, whose own start takes longer than that of all else that this process stores with.
 * Whatever is not exactly as it should be is left to Flyway.
 */
final class SchemaHistory {

  /** Every migration, in the order of versions. */
  static final List<String> MIGRATIONS =
      List.of(
          "V1__original_schema.sql",
          "V2__adopt_original.sql",
          "V3__work_and_events.sql",
          "V20__access.sql",
          "V30__hot_paths.sql",
          "V31__notifications.sql",
          "V32__program_states.sql",
          "V33__program_runs_told.sql",
          "V34__room_for_status.sql",
          "V36__adopt_access.sql",
          "V37__run_inputs.sql");

  /** Of a database of the original: what it has is taken as the first migration. */
  private static final String BASELINE = "BASELINE";

  private static final String FOLDER = "/db/migration/";

  private SchemaHistory() {}

  /** One look; waits for nobody. */
  static boolean isComplete(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return exists(statement) && isComplete(statement);
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static boolean isComplete(Statement statement) throws SQLException {
    Map<String, Integer> done = new HashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT type, script, checksum FROM flyway_schema_history WHERE success")) {
      while (rows.next()) {
        boolean adopted = rows.getString("type").equals(BASELINE);
        done.put(
            adopted ? MIGRATIONS.getFirst() : rows.getString("script"),
            adopted ? checksum(MIGRATIONS.getFirst()) : rows.getInt("checksum"));
      }
    }
    return MIGRATIONS.stream().allMatch(name -> Objects.equals(done.get(name), checksum(name)));
  }

  /** As Flyway sums up a file: over its lines, without their ends. */
  private static int checksum(String name) {
    try (InputStream in =
            Objects.requireNonNull(SchemaHistory.class.getResourceAsStream(FOLDER + name), name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      CRC32 sum = new CRC32();
      lines.lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
      return (int) sum.getValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
