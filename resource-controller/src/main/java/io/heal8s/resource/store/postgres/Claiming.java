// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.reconcile.WorkStore.ClaimRequest;
import io.heal8s.resource.reconcile.WorkStore.Claimed;
import io.heal8s.resource.reconcile.decision.Priority;
import io.heal8s.resource.reconcile.decision.RunInputs;
import io.heal8s.resource.reconcile.decision.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Claims what is due, one class of work after the other in one statement: what is not needed to
 * fill the limit is not looked at. Where somebody holds a transaction open, PostgreSQL keeps every
 * old version of the queue's rows, and a scan from the beginning would step over all of them each
 * time. So a scan begins a little before where the last one ended; whatever became visible behind
 * that (a transaction that took long to commit) is found by a full scan once a second or, where
 * that takes long, less often.
 */
final class Claiming {

  private static final String CLAIM =
      """
      WITH due AS MATERIALIZED (
        SELECT d.resource_id
        FROM unnest(:priorities::int[], :floors::text[]::timestamptz[]) AS p(rank, floor),
          LATERAL (SELECT resource_id FROM reconcile_work
            WHERE priority = p.rank AND due_at >= p.floor AND due_at <= now()
              AND lease_owner IS NULL
              AND action_plugin <> ALL(:plugins::text[]) AND type_name <> ALL(:types::text[])
            ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED) AS d
        LIMIT :limit),
      taken AS (
        UPDATE reconcile_work w
        SET lease_owner = :instance::uuid, claimed_at = now(), fence = fence + 1
        FROM due WHERE w.resource_id = due.resource_id
        RETURNING w.*)
      SELECT w.*, extract(epoch FROM now() - w.due_at) AS waited, r.name, r.resource_type_version,
        r.generation, r.observed_generation, r.spec, r.plugin_config, r.outputs, r.status,
        r.status_message, r.conditions, r.finalizers, r.approval, r.pending_plan,
        r.deleted_at IS NOT NULL AS deleted, t.metadata AS type_metadata
      FROM taken w JOIN resources r ON r.id = w.resource_id
      LEFT JOIN resource_types t
        ON t.name = r.resource_type_name AND t.version = r.resource_type_version
      ORDER BY w.priority, w.due_at
      """;

  private static final String UNTIL_NEXT =
      """
      SELECT extract(epoch FROM min(n.due_at) - now()) FROM unnest(:priorities::int[]) AS p(rank),
        LATERAL (SELECT due_at FROM reconcile_work
          WHERE priority = p.rank AND due_at > now() AND due_at < 'infinity' AND lease_owner IS NULL
          ORDER BY due_at LIMIT 1) AS n
      """;

  private static final Duration SLACK = Duration.ofMillis(200);
  private static final Duration FULL_SCAN = Duration.ofSeconds(1);
  private static final int FULL_SCAN_SHARE = 20;
  private static final String BEGINNING = "-infinity";
  private static final int[] RANKS =
      Arrays.stream(Priority.values()).mapToInt(Priority::rank).sorted().toArray();

  private final Map<Integer, OffsetDateTime> floors = new HashMap<>();
  private long fullScanAt = System.nanoTime();

  /** One caller at a time. */
  synchronized Claimed claim(JdbcClient client, ClaimRequest request) {
    long begin = System.nanoTime();
    boolean isFull = begin - fullScanAt >= 0;
    if (isFull) {
      floors.clear();
    }
    List<Work> claimed = take(client, request);
    if (isFull) {
      long end = System.nanoTime();
      fullScanAt = end + Math.max(FULL_SCAN.toNanos(), (end - begin) * FULL_SCAN_SHARE);
    }
    return new Claimed(claimed, claimed.isEmpty() ? untilNext(client) : Duration.ZERO);
  }

  private List<Work> take(JdbcClient client, ClaimRequest request) {
    Map<Integer, OffsetDateTime> lastDue = new HashMap<>();
    List<Work> work =
        client
            .sql(CLAIM)
            .param("priorities", RANKS)
            .param("floors", floors())
            .param("plugins", request.saturatedPlugins().toArray(String[]::new))
            .param("types", request.saturatedTypes().toArray(String[]::new))
            .param("limit", request.limit())
            .param("instance", request.instance().toString())
            .query(
                (row, number) -> {
                  lastDue.put(
                      row.getInt("priority"), row.getObject("due_at", OffsetDateTime.class));
                  return work(row);
                })
            .list();
    boolean nothingLeftOut =
        request.saturatedPlugins().isEmpty() && request.saturatedTypes().isEmpty();
    if (nothingLeftOut) {
      lastDue.forEach((rank, due) -> floors.put(rank, due.minus(SLACK)));
    }
    return work;
  }

  private String[] floors() {
    String[] texts = new String[RANKS.length];
    for (int i = 0; i < RANKS.length; i++) {
      OffsetDateTime floor = floors.get(RANKS[i]);
      texts[i] = floor == null ? BEGINNING : floor.toString();
    }
    return texts;
  }

  private static @Nullable Duration untilNext(JdbcClient client) {
    Double seconds =
        client
            .sql(UNTIL_NEXT)
            .param("priorities", RANKS)
            .query((row, number) -> row.getObject(1) == null ? -1.0 : row.getDouble(1))
            .single();
    return seconds < 0 ? null : Duration.ofMillis((long) Math.ceil(seconds * 1000));
  }

  private static Work work(ResultSet row) throws SQLException {
    String plan = row.getString("pending_plan");
    JsonNode pending = plan == null ? null : Rows.JSON.readTree(plan);
    String planId = pending == null ? null : pending.path("id").asString("");
    boolean isApproved = pending != null && pending.path("approved").asBoolean(false);
    String metadata = row.getString("type_metadata");
    RunInputs newest =
        new RunInputs(
            row.getString("resource_type_version"),
            Rows.json(row, "spec"),
            Rows.json(row, "plugin_config"),
            metadata == null ? Rows.JSON.createObjectNode() : Rows.JSON.readTree(metadata));
    return new Work(
        row.getLong("resource_id"),
        row.getString("name"),
        row.getString("type_name"),
        newest.typeVersion(),
        row.getString("action_plugin"),
        row.getLong("generation"),
        row.getLong("observed_generation"),
        newest.spec(),
        newest.pluginConfig(),
        newest.typeMetadata(),
        Rows.json(row, "outputs"),
        ResourceStatus.of(row.getString("status")),
        row.getString("status_message"),
        Rows.conditions(row.getString("conditions")),
        Rows.strings(Rows.json(row, "finalizers")),
        Approval.of(row.getString("approval")),
        isApproved ? planId : null,
        planId,
        row.getBoolean("deleted"),
        row.getInt("priority"),
        Trigger.of(row.getString("trigger_reason")),
        row.getLong("request"),
        row.getLong("fence"),
        row.getInt("failures"),
        row.getLong("dispatches"),
        RunStates.of(row.getString("run"), row.getString("run_inputs"), newest),
        Rows.required(row, "claimed_at"),
        row.getDouble("waited"));
  }
}
