// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which processes live. Their claims live with them. */
final class Instances {

  private static final String FREE =
      """
      UPDATE reconcile_work SET lease_owner = NULL, claimed_at = NULL, fence = fence + 1,
        due_at = clock_timestamp()
      """;

  private static final String FREE_OF_GONE = FREE + "WHERE lease_owner IN (SELECT id FROM gone)";

  private Instances() {}

  static void register(JdbcClient client, UUID id, String hostname, long pid, Duration lease) {
    client
        .sql(
            """
            INSERT INTO instances (id, hostname, pid, alive_until)
            VALUES (:id, :hostname, :pid, now() + :seconds * interval '1 second')
            """)
        .param("id", id)
        .param("hostname", hostname)
        .param("pid", pid)
        .param("seconds", lease.toMillis() / 1000.0)
        .update();
  }

  static boolean heartbeat(JdbcClient client, UUID id, Duration lease) {
    return client
            .sql(
                """
                UPDATE instances SET last_heartbeat = now(),
                  alive_until = now() + :seconds * interval '1 second'
                WHERE id = :id
                """)
            .param("id", id)
            .param("seconds", lease.toMillis() / 1000.0)
            .update()
        == 1;
  }

  static int reap(JdbcClient client) {
    boolean somebodyDied =
        client
            .sql("SELECT EXISTS (SELECT FROM instances WHERE alive_until < now())")
            .query(Boolean.class)
            .single();
    return somebodyDied
        ? client
            .sql(
                "WITH gone AS (DELETE FROM instances WHERE alive_until < now() RETURNING id)"
                    + FREE_OF_GONE)
            .update()
        : 0;
  }

  static int freeForgotten(JdbcClient client, UUID id, Set<Long> held, Duration olderThan) {
    return client
        .sql(
            FREE
                + """
                WHERE lease_owner = :id AND resource_id <> ALL(:held)
                  AND claimed_at < now() - :seconds * interval '1 second'
                """)
        .param("id", id)
        .param("held", held.stream().mapToLong(Long::longValue).toArray())
        .param("seconds", olderThan.toMillis() / 1000.0)
        .update();
  }

  static void deregister(JdbcClient client, UUID id) {
    client
        .sql("WITH gone AS (DELETE FROM instances WHERE id = ? RETURNING id)" + FREE_OF_GONE)
        .param(id)
        .update();
  }
}
