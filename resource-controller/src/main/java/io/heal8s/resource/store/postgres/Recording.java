// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.reconcile.decision.Completion;
import io.heal8s.resource.reconcile.decision.Completion.Attempt;
import io.heal8s.resource.reconcile.decision.Completion.StatusChange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes down many ends of claims in one statement: the work row under its fence, and for those
 * whose claim still holds the status, the history and the event. The work row hands on what is to
 * be written: the server believes in a handful of rows, and would join lists of hundreds by
 * comparing each with each.
 */
final class Recording {

  private static final String RECORD =
      """
      WITH v AS (
        SELECT * FROM unnest(:ids::bigint[], :fences::bigint[], :requests::bigint[],
          :generations::bigint[], :delays::float8[], :priorities::int[], :triggers::text[],
          :failures::int[], :runs::text[], :statuses::text[], :messages::text[],
          :observed::bigint[], :outputs::text[], :conditions::text[], :plans::text[],
          :deleted::boolean[], :events::text[], :attempts::boolean[], :appliedGenerations::bigint[],
          :successes::boolean[], :planOutputs::text[], :applyOutputs::text[], :errors::text[],
          :created::int[], :updated::int[], :removed::int[], :startedAt::text[],
          :attemptTriggers::text[], :drifts::boolean[], :inputs::text[])
        AS v(id, fence, request, generation, delay, priority, trigger, failures, run, status,
          message, observed, outputs, conditions, plan, deleted, event, attempt, applied, success,
          plan_output, apply_output, error, created, updated, removed, started_at,
          attempt_trigger, drift, inputs)),
      w AS (
        UPDATE reconcile_work w SET lease_owner = NULL, claimed_at = NULL, run = v.run::jsonb,
          run_inputs = CASE WHEN v.run IS NULL THEN NULL
            ELSE COALESCE(v.inputs::jsonb,
              (w.run -> 'inputs') || jsonb_build_object('startedAt', w.run -> 'startedAt'),
              w.run_inputs) END,
          dispatches = w.dispatches + v.attempt::int,
          due_at = CASE WHEN w.request <> v.request THEN clock_timestamp()
                        WHEN v.delay IS NULL THEN 'infinity'
                        ELSE clock_timestamp() + v.delay * interval '1 second' END,
          priority = CASE WHEN w.request = v.request THEN v.priority ELSE w.priority END,
          trigger_reason = CASE WHEN w.request = v.request THEN v.trigger ELSE w.trigger_reason END,
          failures = CASE WHEN w.request = v.request THEN v.failures ELSE w.failures END
        FROM v WHERE w.resource_id = v.id AND w.fence = v.fence AND w.lease_owner IS NOT NULL
        RETURNING v.*, w.request <> v.request AS again),
      r AS (
        UPDATE resources r SET
          status = CASE WHEN r.deleted_at IS NOT NULL THEN 'deleting'
                        WHEN r.generation <> v.generation AND v.status = 'ready' THEN 'pending'
                        ELSE v.status END,
          status_message = v.message,
          observed_generation = v.observed,
          outputs = COALESCE(v.outputs::jsonb, r.outputs),
          conditions = CASE WHEN r.deleted_at IS NOT NULL AND NOT v.deleted THEN r.conditions
                            ELSE v.conditions::jsonb END,
          pending_plan = v.plan::jsonb,
          last_reconcile_time = CASE WHEN v.attempt THEN now() ELSE r.last_reconcile_time END,
          updated_at = CASE WHEN r.status <> v.status OR r.status_message IS DISTINCT FROM v.message
                            THEN now() ELSE r.updated_at END
        FROM w AS v WHERE r.id = v.id AND v.status IS NOT NULL
        RETURNING r.id, r.name, r.resource_type_name, r.resource_type_version, v.event,
          CASE WHEN v.event IS NOT NULL THEN resource_document(r) END AS document),
      h AS (
        INSERT INTO reconciliation_history (resource_id, generation, success, phase, plan_output,
          apply_output, error_message, resources_created, resources_updated, resources_deleted,
          duration_seconds, trigger_reason, drift_detected)
        SELECT v.id, v.applied, v.success, CASE WHEN v.success THEN 'completed' ELSE 'failed' END,
          NULLIF(v.plan_output, ''), NULLIF(v.apply_output, ''), v.error, v.created, v.updated,
          v.removed, extract(epoch FROM clock_timestamp() - v.started_at::timestamptz),
          v.attempt_trigger, v.drift
        FROM w AS v WHERE v.attempt),
      e AS (
        INSERT INTO resource_events
          (type, resource_id, resource_name, type_name, type_version, data)
        SELECT event, id, name, resource_type_name, resource_type_version, document
        FROM r WHERE event IS NOT NULL)
      SELECT id, again FROM w
      """;

  private static final String LET_GO =
      """
      UPDATE resources SET finalizers = finalizers - action_plugin::text
      WHERE id = ANY(:ids::bigint[])
      """;

  private static final String PURGE =
      """
      WITH gone AS (
        DELETE FROM resources r
        WHERE r.id = ANY(:ids::bigint[]) AND r.deleted_at IS NOT NULL AND r.finalizers = '[]'
        RETURNING r.id, r.name, r.resource_type_name, r.resource_type_version,
          resource_document(r) AS document)
      INSERT INTO resource_events (type, resource_id, resource_name, type_name, type_version, data)
      SELECT 'DELETED', id, name, resource_type_name, resource_type_version, document FROM gone
      """;

  private final List<Completion> all;
  private final Instant now;

  private Recording(List<Completion> all, Instant now) {
    this.all = all;
    this.now = now;
  }

  /** Whether it takes more than one statement. */
  static boolean isPurge(List<Completion> completions) {
    return completions.stream().anyMatch(Completion::letGo);
  }

  /**
   * Returns the resources that were written, and whether somebody asked for another look at each.
   */
  static Map<Long, Boolean> record(JdbcClient client, List<Completion> completions, Instant now) {
    return new Recording(completions, now).run(client);
  }

  private Map<Long, Boolean> run(JdbcClient client) {
    Map<Long, Boolean> written = new HashMap<>();
    attempts(status(work(client.sql(RECORD))))
        .query(
            row -> {
              written.put(row.getLong(1), row.getBoolean(2));
            });
    long[] letGo =
        all.stream()
            .filter(Completion::letGo)
            .mapToLong(each -> each.work().resourceId())
            .filter(written::containsKey)
            .toArray();
    if (letGo.length > 0) {
      client.sql(LET_GO).param("ids", letGo).update();
      client.sql(PURGE).param("ids", letGo).update();
    }
    return written;
  }

  private JdbcClient.StatementSpec work(JdbcClient.StatementSpec sql) {
    return sql.param("ids", longs(each -> each.work().resourceId()))
        .param("fences", longs(each -> each.work().fence()))
        .param("requests", longs(each -> each.work().request()))
        .param("generations", longs(each -> each.work().generation()))
        .param("delays", all.stream().map(this::delay).toArray(Double[]::new))
        .param("priorities", ints(each -> each.next().priority().rank()))
        .param("triggers", texts(each -> each.next().trigger().word()))
        .param("failures", ints(each -> each.next().failures()))
        .param("runs", texts(each -> RunStates.text(each.next().run())))
        .param("inputs", texts(each -> RunStates.inputsText(each.work(), each.next().run())));
  }

  private JdbcClient.StatementSpec status(JdbcClient.StatementSpec sql) {
    return sql.param("statuses", ofStatus(change -> change.status().word()))
        .param("messages", ofStatus(StatusChange::message))
        .param("observed", longs(each -> observed(each.status())))
        .param("outputs", ofStatus(change -> text(change.outputs())))
        .param("conditions", ofStatus(change -> Rows.conditionsText(change.conditions())))
        .param("plans", ofStatus(change -> Rows.planText(change.pendingPlan())))
        .param("deleted", all.stream().map(each -> each.work().deleted()).toArray(Boolean[]::new))
        .param("events", texts(each -> each.event() == null ? null : each.event().name()));
  }

  private JdbcClient.StatementSpec attempts(JdbcClient.StatementSpec sql) {
    return sql.param(
            "attempts", all.stream().map(each -> each.attempt() != null).toArray(Boolean[]::new))
        .param("appliedGenerations", longs(each -> number(each, Attempt::generation)))
        .param(
            "successes",
            all.stream()
                .map(each -> each.attempt() != null && each.attempt().success())
                .toArray(Boolean[]::new))
        .param("planOutputs", ofAttempt(Attempt::planOutput))
        .param("applyOutputs", ofAttempt(Attempt::applyOutput))
        .param("errors", ofAttempt(Attempt::error))
        .param("created", ints(each -> (int) number(each, Attempt::created)))
        .param("updated", ints(each -> (int) number(each, Attempt::updated)))
        .param("removed", ints(each -> (int) number(each, Attempt::deleted)))
        .param("startedAt", ofAttempt(attempt -> attempt.startedAt().toString()))
        .param("attemptTriggers", ofAttempt(attempt -> attempt.trigger().word()))
        .param(
            "drifts",
            all.stream()
                .map(each -> each.attempt() != null && each.attempt().drift())
                .toArray(Boolean[]::new));
  }

  /** Relative, so that the clocks of this process and of the database need not agree. */
  private @Nullable Double delay(Completion completion) {
    Instant due = completion.next().dueAt();
    return due == null ? null : Math.max(0, Duration.between(now, due).toMillis()) / 1000.0;
  }

  private static long observed(@Nullable StatusChange change) {
    return change == null ? 0 : change.observedGeneration();
  }

  private static long number(Completion completion, ToLongFunction<Attempt> value) {
    return completion.attempt() == null ? 0 : value.applyAsLong(completion.attempt());
  }

  private static @Nullable String text(@Nullable Object json) {
    return json == null ? null : json.toString();
  }

  private long[] longs(ToLongFunction<Completion> value) {
    return all.stream().mapToLong(value).toArray();
  }

  private int[] ints(ToIntFunction<Completion> value) {
    return all.stream().mapToInt(value).toArray();
  }

  private @Nullable String[] texts(Function<Completion, @Nullable String> value) {
    return all.stream().map(value).toArray(String[]::new);
  }

  private @Nullable String[] ofStatus(Function<StatusChange, @Nullable String> value) {
    return texts(each -> each.status() == null ? null : value.apply(each.status()));
  }

  private @Nullable String[] ofAttempt(Function<Attempt, @Nullable String> value) {
    return texts(each -> each.attempt() == null ? null : value.apply(each.attempt()));
  }
}
