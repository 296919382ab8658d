// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the version before left behind is as this one would have left it. */
@ExtendWith(PostgresExtension.class)
class RunInputsMigrationTest {

  private static final String ROWS =
      """
      INSERT INTO resource_types (name, version, schema, metadata) VALUES
        ('Thing', 'v1', '{}', '{"kubernetes": {"namespace": "types"}}'),
        ('Bare', 'v1', '{}', '{}');
      INSERT INTO resources (name, resource_type_name, resource_type_version, action_plugin, spec,
        plugin_config, outputs, status) VALUES
        ('own', 'Thing', 'v1', 'kubernetes', '{}', '{"namespace": "mine"}', '{"objects": []}', 'ready'),
        ('type', 'Thing', 'v1', 'kubernetes', '{}', '{}', '{"objects": []}', 'ready'),
        ('unknown', 'Bare', 'v1', 'kubernetes', '{}', '{}', '{"objects": []}', 'ready'),
        ('kept', 'Thing', 'v1', 'kubernetes', '{}', '{}', '{"objects": [], "namespace": "old"}', 'ready'),
        ('new', 'Thing', 'v1', 'kubernetes', '{}', '{}', '{}', 'pending'),
        ('other', 'Thing', 'v1', 'http', '{}', '{}', '{"objects": []}', 'ready'),
        ('held', 'Thing', 'v1', 'http', '{}', '{}', '{}', 'pending'),
        ('running', 'Thing', 'v1', 'http', '{}', '{}', '{}', 'pending');
      INSERT INTO reconcile_work (resource_id, priority, due_at, type_name, action_plugin, trigger_reason, run)
        SELECT id, 30, 'infinity', resource_type_name, action_plugin, 'initial',
          CASE name WHEN 'held' THEN '{"phase": "HELD", "startedAt": "2026-01-01T00:00:00Z"}'::jsonb
                    WHEN 'running' THEN '{"phase": "RUNNING", "startedAt": "2026-01-01T00:00:00Z"}' END
        FROM resources;
      """;

  @Test
  void rowsOfTheVersionBeforeAreAsOfThisOne(SharedPostgres server) {
    ConnectionSettings settings = server.empty(1, 4);
    DriverManagerDataSource source =
        new DriverManagerDataSource(settings.url(), settings.user(), "");
    Flyway.configure().dataSource(source).target("36").load().migrate();
    JdbcClient client = JdbcClient.create(source);
    client.sql(ROWS).update();
    Database.open(settings).close();

    assertThat(texts(client, "SELECT name || ' ' || (outputs ->> 'namespace') FROM resources"))
        .as("where the objects are")
        .filteredOn(text -> text != null)
        .containsExactlyInAnyOrder("own mine", "type types", "kept old");
    assertThat(texts(client, "SELECT status FROM resources WHERE name = 'held'"))
        .containsExactly("failed");
    assertThat(texts(client, "SELECT status FROM resources WHERE name IN ('new', 'running')"))
        .containsExactly("pending", "pending");
  }

  private static List<@Nullable String> texts(JdbcClient client, String sql) {
    return client.sql(sql).query(String.class).list();
  }
}
