// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.reconcile.WorkStore;
import io.heal8s.resource.reconcile.decision.Completion;
import io.heal8s.resource.reconcile.decision.Work;
import io.heal8s.resource.store.postgres.Wakeups.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The work queue in PostgreSQL. */
public final class JdbcWorkStore implements WorkStore {

  private static final String WRITE_AHEAD =
      """
      UPDATE reconcile_work w SET run = v.run::jsonb, dispatches = w.dispatches + 1,
        run_inputs = COALESCE(v.inputs::jsonb,
          (w.run -> 'inputs') || jsonb_build_object('startedAt', w.run -> 'startedAt'),
          w.run_inputs)
      FROM unnest(:ids::bigint[], :fences::bigint[], :runs::text[], :inputs::text[])
        AS v(id, fence, run, inputs)
      WHERE w.resource_id = v.id AND w.fence = v.fence AND w.lease_owner IS NOT NULL
      RETURNING w.resource_id
      """;

  private static final String RELEASE =
      """
      UPDATE reconcile_work w SET lease_owner = NULL, claimed_at = NULL, due_at = clock_timestamp()
      FROM unnest(:ids::bigint[], :fences::bigint[]) AS v(id, fence)
      WHERE w.resource_id = v.id AND w.fence = v.fence
      """;

  private static final String DEPTH =
      """
      SELECT count(*) FILTER (WHERE lease_owner IS NULL AND due_at <= now()) AS due,
        count(*) FILTER (WHERE lease_owner IS NOT NULL) AS claimed,
        COALESCE(extract(epoch FROM now() - min(due_at)
          FILTER (WHERE lease_owner IS NULL AND due_at <= now())), 0) AS oldest_due,
        COALESCE(extract(epoch FROM now() - min(claimed_at)), 0) AS oldest_claim
      FROM reconcile_work WHERE due_at <= now()
      """;

  private final Statements statements;
  private final Wakeups wakeups;
  private final InstantSource time;
  private final Claiming claiming;
  private final String hostname;

  /**
   * @param hostname of this machine or pod, for people
   */
  public JdbcWorkStore(Database database, Wakeups wakeups, InstantSource time, String hostname) {
    this.statements = new Statements(database);
    this.wakeups = wakeups;
    this.time = time;
    this.claiming = new Claiming();
    this.hostname = hostname;
  }

  @Override
  public void register(UUID instance, Duration lease) {
    statements.run(
        client -> {
          Instances.register(client, instance, hostname, ProcessHandle.current().pid(), lease);
          return true;
        });
  }

  @Override
  public boolean heartbeat(UUID instance, Duration lease) {
    return statements.run(client -> Instances.heartbeat(client, instance, lease));
  }

  @Override
  public int reap() {
    int freed = statements.run(Instances::reap);
    if (freed > 0) {
      wakeups.announce(Topic.WORK);
    }
    return freed;
  }

  @Override
  public int freeForgotten(UUID instance, Set<Long> held, Duration olderThan) {
    int freed =
        statements.run(client -> Instances.freeForgotten(client, instance, held, olderThan));
    if (freed > 0) {
      wakeups.announce(Topic.WORK);
    }
    return freed;
  }

  @Override
  public void deregister(UUID instance) {
    statements.run(
        client -> {
          Instances.deregister(client, instance);
          return true;
        });
    wakeups.announce(Topic.WORK);
  }

  @Override
  public Claimed claim(ClaimRequest request) {
    // In one transaction now() stays the same, so nothing becomes due unseen between two looks.
    return statements.inTransaction(client -> claiming.claim(client, request));
  }

  @Override
  public Set<Long> record(List<Completion> completions) {
    Map<Long, Boolean> written =
        Recording.isPurge(completions)
            ? statements.inTransaction(
                client -> Recording.record(client, completions, time.instant()))
            : statements.run(client -> Recording.record(client, completions, time.instant()));
    if (completions.stream().anyMatch(each -> each.event() != null)) {
      wakeups.announce(Topic.OUTBOX);
    }
    if (written.containsValue(true)) {
      wakeups.announce(Topic.WORK);
    }
    return lost(completions.stream().map(Completion::work), written.keySet());
  }

  @Override
  public Set<Long> writeAhead(List<Dispatch> dispatches) {
    List<Long> written =
        statements.run(
            client ->
                client
                    .sql(WRITE_AHEAD)
                    .param("ids", ids(dispatches.stream().map(Dispatch::work)))
                    .param("fences", fences(dispatches.stream().map(Dispatch::work)))
                    .param(
                        "runs",
                        dispatches.stream()
                            .map(each -> RunStates.text(each.state()))
                            .toArray(String[]::new))
                    .param(
                        "inputs",
                        dispatches.stream()
                            .map(each -> RunStates.inputsText(each.work(), each.state()))
                            .toArray(String[]::new))
                    .query(Long.class)
                    .list());
    return lost(dispatches.stream().map(Dispatch::work), new HashSet<>(written));
  }

  @Override
  public void release(List<Work> claims) {
    statements.run(
        client ->
            client
                .sql(RELEASE)
                .param("ids", ids(claims.stream()))
                .param("fences", fences(claims.stream()))
                .update());
    wakeups.announce(Topic.WORK);
  }

  @Override
  public Depth depth() {
    return statements.run(
        client ->
            client
                .sql(DEPTH)
                .query(
                    (row, number) ->
                        new Depth(
                            row.getLong("due"),
                            row.getLong("claimed"),
                            row.getDouble("oldest_due"),
                            row.getDouble("oldest_claim")))
                .single());
  }

  @Override
  public int prune(Duration historyAge, int historyPerResource, Duration eventAge) {
    return statements.run(
        client -> Retention.prune(client, historyAge, historyPerResource, eventAge));
  }

  private static Set<Long> lost(Stream<Work> asked, Set<Long> written) {
    return asked
        .map(Work::resourceId)
        .filter(id -> !written.contains(id))
        .collect(Collectors.toSet());
  }

  private static long[] ids(Stream<Work> work) {
    return work.mapToLong(Work::resourceId).toArray();
  }

  private static long[] fences(Stream<Work> work) {
    return work.mapToLong(Work::fence).toArray();
  }
}
