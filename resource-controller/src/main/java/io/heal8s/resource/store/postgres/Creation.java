// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.store.ResourceStore.CreateResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Creates resources: row, work item and event, of any number of them, in one statement. They are
 * made in the order of their names: of two that make the same names beside each other one waits,
 * and never each for the other.
 */
final class Creation {

  /**
   * One as it is sent. The text is made once, by who asks.
   *
   * @param asked what it is of
   * @param spec JSON text
   * @param config JSON text
   * @param metadata JSON text
   */
  record Text(NewResource asked, String spec, String config, String metadata) {

    static Text of(NewResource asked) {
      return new Text(
          asked,
          asked.spec().toString(),
          asked.pluginConfig().toString(),
          asked.metadata().toString());
    }

    /** Characters of what may be long. */
    long size() {
      return (long) spec.length() + config.length() + metadata.length();
    }
  }

  private static final String SQL =
      """
      WITH input AS (
        SELECT * FROM unnest(:names::text[], :types::text[], :versions::text[], :plugins::text[],
          :specs::text[], :configs::text[], :metadata::text[], :finalizers::text[],
          :approvals::text[]) WITH ORDINALITY
          AS i(name, type, version, plugin, spec, config, metadata, finalizers, approval, ord)),
      typed AS (
        SELECT i.*, t.id IS NOT NULL AS has_type FROM input i
        LEFT JOIN resource_types t ON t.name = i.type AND t.version = i.version),
      made AS (
        INSERT INTO resources AS r (name, resource_type_name, resource_type_version, action_plugin,
          spec, plugin_config, metadata, finalizers, approval)
        SELECT name, type, version, plugin, spec::jsonb, config::jsonb, metadata::jsonb,
          finalizers::jsonb, approval
        FROM typed WHERE has_type ORDER BY name, ord
        ON CONFLICT (name) DO NOTHING
        RETURNING r.*, resource_document(r) AS document),
      work AS (
        INSERT INTO reconcile_work
          (resource_id, priority, due_at, type_name, action_plugin, trigger_reason)
        SELECT id, 30, clock_timestamp(), resource_type_name, action_plugin, 'initial' FROM made),
      event AS (
        INSERT INTO resource_events
          (type, resource_id, resource_name, type_name, type_version, data)
        SELECT 'CREATED', id, name, resource_type_name, resource_type_version, document FROM made
        ORDER BY id)
      SELECT ord, has_type, NULL AS name, NULL AS id, NULL AS created_at FROM typed
      UNION ALL SELECT NULL, NULL, name, id, created_at FROM made
      """;

  private Creation() {}

  static List<CreateResult> create(JdbcClient client, List<Text> resources) {
    Map<String, Made> made = new HashMap<>();
    boolean[] hasType = new boolean[resources.size()];
    client
        .sql(SQL)
        .param("names", column(resources, each -> each.asked().name()))
        .param("types", column(resources, each -> each.asked().typeName()))
        .param("versions", column(resources, each -> each.asked().typeVersion()))
        .param("plugins", column(resources, each -> each.asked().actionPlugin()))
        .param("specs", column(resources, Text::spec))
        .param("configs", column(resources, Text::config))
        .param("metadata", column(resources, Text::metadata))
        .param("finalizers", column(resources, each -> Rows.array(each.asked().finalizers())))
        .param("approvals", column(resources, each -> each.asked().approval().word()))
        .query(
            row -> {
              int ordinal = row.getInt("ord");
              if (row.wasNull()) {
                made.put(
                    row.getString("name"),
                    new Made(row.getLong("id"), Rows.required(row, "created_at")));
              } else {
                hasType[ordinal - 1] = row.getBoolean("has_type");
              }
            });
    List<CreateResult> results = new ArrayList<>();
    for (int i = 0; i < resources.size(); i++) {
      NewResource asked = resources.get(i).asked();
      // Of two with one name in one request the first is the one that was made.
      results.add(
          hasType[i] ? result(asked, made.remove(asked.name())) : new CreateResult.NoSuchType());
    }
    return results;
  }

  private record Made(long id, Instant at) {}

  private static CreateResult result(NewResource asked, @Nullable Made made) {
    if (made == null) {
      return new CreateResult.NameTaken();
    }
    Instant now = made.at();
    return new CreateResult.Created(
        new Resource(
            made.id(),
            asked.name(),
            asked.typeName(),
            asked.typeVersion(),
            asked.actionPlugin(),
            asked.spec(),
            asked.pluginConfig(),
            asked.metadata(),
            Rows.JSON.createObjectNode(),
            ResourceStatus.PENDING,
            null,
            1,
            0,
            List.of(),
            asked.finalizers(),
            asked.approval(),
            null,
            0,
            now,
            now,
            null,
            now,
            null,
            1));
  }

  private static String[] column(List<Text> resources, Function<Text, String> value) {
    return resources.stream().map(value).toArray(String[]::new);
  }
}
