// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.Instance;
import io.heal8s.resource.store.InstanceStore;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The processes in PostgreSQL. */
public final class JdbcInstanceStore implements InstanceStore {

  private final Statements statements;

  public JdbcInstanceStore(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public List<Instance> list() {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    SELECT id, hostname, pid, first_seen, last_heartbeat, alive_until >= now() AS alive
                    FROM instances ORDER BY first_seen, id
                    """)
                .query(
                    (row, number) ->
                        new Instance(
                            row.getObject("id", UUID.class),
                            row.getString("hostname"),
                            row.getLong("pid"),
                            row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                            row.getObject("last_heartbeat", OffsetDateTime.class).toInstant(),
                            row.getBoolean("alive")))
                .list());
  }
}
