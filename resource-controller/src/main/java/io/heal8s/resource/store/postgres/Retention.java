// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes what is too old, in portions that hold no lock for long. */
final class Retention {

  private static final int PORTION = 5_000;

  private static final String HISTORY_BY_AGE =
      """
      DELETE FROM reconciliation_history WHERE id IN (
        SELECT id FROM reconciliation_history
        WHERE id <= (SELECT min(id) + :portion FROM reconciliation_history)
          AND reconcile_time < now() - :seconds * interval '1 second')
      """;

  /** Looks only at resources that were reconciled lately: others have no more than before. */
  private static final String HISTORY_BY_COUNT =
      """
      WITH busy AS (
        SELECT resource_id FROM reconciliation_history
        WHERE id > (SELECT max(id) - :portion FROM reconciliation_history)
        GROUP BY resource_id)
      DELETE FROM reconciliation_history h USING busy,
        LATERAL (SELECT id FROM reconciliation_history o WHERE o.resource_id = busy.resource_id
          ORDER BY reconcile_time DESC, id DESC OFFSET :keep) AS old
      WHERE h.id = old.id
      """;

  /**
   * Positions and events rise together, so the oldest are at the beginning of both. The newest
   * stays: the next position is counted from it.
   */
  private static final String EVENTS =
      """
      WITH old AS (
        SELECT p.position, p.seq FROM event_positions p JOIN resource_events e USING (seq)
        WHERE p.position < (SELECT LEAST(min(position) + :portion, max(position))
            FROM event_positions)
          AND e.occurred_at < now() - :seconds * interval '1 second'),
      positions AS (DELETE FROM event_positions p USING old WHERE p.position = old.position)
      DELETE FROM resource_events e USING old WHERE e.seq = old.seq
      """;

  private Retention() {}

  static int prune(
      JdbcClient client, Duration historyAge, int historyPerResource, Duration eventAge) {
    int byAge =
        client
            .sql(HISTORY_BY_AGE)
            .param("portion", PORTION)
            .param("seconds", historyAge.toSeconds())
            .update();
    int byCount =
        client
            .sql(HISTORY_BY_COUNT)
            .param("portion", PORTION)
            .param("keep", historyPerResource)
            .update();
    int events =
        client
            .sql(EVENTS)
            .param("portion", PORTION)
            .param("seconds", eventAge.toSeconds())
            .update();
    return byAge + byCount + events;
  }
}
