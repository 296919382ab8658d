// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceContent;
import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.reconcile.decision.Conditions;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Changes of one locked resource, each with its event and its place in the queue. */
final class Changes {

  private static final String EVENT =
      """
      INSERT INTO resource_events (type, resource_id, resource_name, type_name, type_version, data)
      SELECT :event, r.id, r.name, r.resource_type_name, r.resource_type_version,
        resource_document(r) FROM resources r WHERE r.id = :id
      """;

  private final JdbcClient client;
  private final InstantSource time;

  Changes(JdbcClient client, InstantSource time) {
    this.client = client;
    this.time = time;
  }

  /**
   * What a user wants now; a new generation unless only metadata or approval changed. One whose
   * dispatch is held stays failed: nothing is pending until a person has looked.
   */
  Resource content(Resource now, ResourceContent content) {
    boolean acts = !content.isSameWorkAs(ResourceContent.of(now));
    client
        .sql(
            """
            UPDATE resources SET spec = :spec::jsonb, plugin_config = :config::jsonb,
              metadata = :metadata::jsonb, approval = :approval, updated_at = now(),
              revision = revision + 1, generation = generation + :step,
              status = CASE WHEN :step = 1 AND NOT EXISTS (SELECT 1 FROM reconcile_work w
                  WHERE w.resource_id = :id AND w.run ->> 'phase' = 'HELD')
                THEN 'pending' ELSE status END,
              pending_plan = CASE WHEN :step = 1 THEN NULL ELSE pending_plan END
            WHERE id = :id
            """)
        .param("spec", content.spec().toString())
        .param("config", content.pluginConfig().toString())
        .param("metadata", content.metadata().toString())
        .param("approval", content.approval().word())
        .param("step", acts ? 1 : 0)
        .param("id", now.id())
        .update();
    if (acts || content.approval() != now.approval()) {
      demand(now.id(), 30, Trigger.SPEC_CHANGE, false);
    }
    event(now.id(), "MODIFIED");
    return read(now.id());
  }

  /** The same wish in another version of the type. */
  Resource moved(Resource now, String typeVersion, JsonNode spec) {
    client
        .sql(
            """
            UPDATE resources SET resource_type_version = :version, spec = :spec::jsonb,
              updated_at = now(), revision = revision + 1 WHERE id = :id
            """)
        .param("version", typeVersion)
        .param("spec", spec.toString())
        .param("id", now.id())
        .update();
    event(now.id(), "MODIFIED");
    return read(now.id());
  }

  /** Deletion is wanted. */
  Resource marked(Resource now) {
    client
        .sql(
            """
            UPDATE resources SET deleted_at = now(), status = 'deleting', updated_at = now(),
              revision = revision + 1, pending_plan = NULL, conditions = :conditions::jsonb
            WHERE id = :id
            """)
        .param("id", now.id())
        .param("conditions", Rows.conditionsText(Conditions.deleting(now, time.instant())))
        .update();
    demand(now.id(), 10, Trigger.DELETION, false);
    event(now.id(), "MODIFIED");
    return read(now.id());
  }

  Resource finalizers(Resource now, List<String> finalizers) {
    client
        .sql(
            """
            UPDATE resources SET finalizers = :finalizers::jsonb, updated_at = now(),
              revision = revision + 1 WHERE id = :id
            """)
        .param("finalizers", Rows.array(finalizers))
        .param("id", now.id())
        .update();
    if (now.deletedAt() != null) {
      demand(now.id(), 10, Trigger.DELETION, false);
    }
    event(now.id(), "MODIFIED");
    return read(now.id());
  }

  /** A person approves the plan that waits. */
  Resource approved(Resource now) {
    client
        .sql(
            """
            UPDATE resources SET pending_plan = pending_plan || '{"approved": true}',
              updated_at = now(), revision = revision + 1 WHERE id = :id
            """)
        .param("id", now.id())
        .update();
    demand(now.id(), 30, Trigger.APPROVAL, false);
    event(now.id(), "MODIFIED");
    return read(now.id());
  }

  /** Gone; the history stays. */
  void purge(long id) {
    event(id, "DELETED");
    client.sql("DELETE FROM resources WHERE id = ?").param(id).update();
  }

  /**
   * Makes it due now, also behind a run that is under way.
   *
   * @param released whether a dispatch that is held may be forgotten
   */
  void demand(long id, int priority, Trigger trigger, boolean released) {
    client
        .sql(
            """
            UPDATE reconcile_work SET request = request + 1, priority = :priority, due_at = clock_timestamp(),
              trigger_reason = :trigger, failures = 0,
              run = CASE WHEN :released AND run ->> 'phase' = 'HELD' THEN NULL ELSE run END
            WHERE resource_id = :id
            """)
        .param("priority", priority)
        .param("trigger", trigger.word())
        .param("released", released)
        .param("id", id)
        .update();
  }

  private void event(long id, String type) {
    client.sql(EVENT).param("event", type).param("id", id).update();
  }

  private Resource read(long id) {
    return client.sql(Rows.RESOURCE + " WHERE r.id = ?").param(id).query(Rows::resource).single();
  }
}
