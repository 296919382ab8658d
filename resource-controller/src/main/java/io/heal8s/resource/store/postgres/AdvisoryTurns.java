// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.store.StoreUnavailableException;
import io.heal8s.resource.store.Turns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Turns by advisory locks of a session: no transaction is open meanwhile, and the lock ends with
 * its connection.
 */
public final class AdvisoryTurns implements Turns {

  /** First half of the key; other locks of the service use one number of 64 bits. */
  private static final int SPACE = 0x68656c39;

  private final Database database;

  /** Makes it. */
  public AdvisoryTurns(Database database) {
    this.database = database;
  }

  @Override
  public boolean take(String name, Runnable work) {
    try (Connection connection = database.pool().getConnection()) {
      if (!call(connection, "SELECT pg_try_advisory_lock(?, hashtext(?))", name)) {
        return false;
      }
      try {
        work.run();
      } finally {
        call(connection, "SELECT pg_advisory_unlock(?, hashtext(?))", name);
      }
      return true;
    } catch (SQLException e) {
      throw new StoreUnavailableException(e);
    }
  }

  private static boolean call(Connection connection, String sql, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, SPACE);
      statement.setString(2, name);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }
}
