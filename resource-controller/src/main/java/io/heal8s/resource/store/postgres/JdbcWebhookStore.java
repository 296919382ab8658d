// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static java.sql.Types.VARCHAR;

import io.heal8s.resource.access.AdmissionWebhook;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.access.WebhookStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Admission webhooks in PostgreSQL. */
public final class JdbcWebhookStore implements WebhookStore {

  private final Statements statements;

  /** Makes a store. */
  public JdbcWebhookStore(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public Optional<AdmissionWebhook> create(AdmissionWebhook webhook) {
    return statements.run(
        client ->
            bound(
                    client.sql(
                        """
                        INSERT INTO admission_webhooks (name, webhook_url, webhook_type, operations,
                          resource_type_name, resource_type_version, timeout_seconds,
                          failure_policy, ordering)
                        VALUES (:name, :url, :kind, :operations::jsonb, :type, :version, :timeout,
                          :policy, :ordering)
                        ON CONFLICT (name) DO NOTHING RETURNING *
                        """),
                    webhook)
                .query(AccessRows::webhook)
                .optional());
  }

  @Override
  public Optional<AdmissionWebhook> find(long id) {
    return statements.run(
        client ->
            client
                .sql("SELECT * FROM admission_webhooks WHERE id = ?")
                .param(id)
                .query(AccessRows::webhook)
                .optional());
  }

  @Override
  public List<AdmissionWebhook> list(
      @Nullable String typeName,
      @Nullable String typeVersion,
      AdmissionWebhook.@Nullable Kind kind,
      int limit) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    SELECT * FROM admission_webhooks
                    WHERE (:type::text IS NULL OR resource_type_name = :type)
                      AND (:version::text IS NULL OR resource_type_version = :version)
                      AND (:kind::text IS NULL OR webhook_type = :kind)
                    ORDER BY ordering, id LIMIT :limit
                    """)
                .param("type", typeName, VARCHAR)
                .param("version", typeVersion, VARCHAR)
                .param("kind", kind == null ? null : kind.name().toLowerCase(Locale.ROOT), VARCHAR)
                .param("limit", limit)
                .query(AccessRows::webhook)
                .list());
  }

  @Override
  public Optional<AdmissionWebhook> update(AdmissionWebhook webhook) {
    try {
      return statements.run(
          client ->
              bound(
                      client.sql(
                          """
                          UPDATE admission_webhooks SET name = :name, webhook_url = :url,
                            webhook_type = :kind, operations = :operations::jsonb,
                            resource_type_name = :type, resource_type_version = :version,
                            timeout_seconds = :timeout, failure_policy = :policy,
                            ordering = :ordering, updated_at = now()
                          WHERE id = :id RETURNING *
                          """),
                      webhook)
                  .param("id", webhook.id())
                  .query(AccessRows::webhook)
                  .optional());
    } catch (DuplicateKeyException e) {
      return Optional.empty();
    }
  }

  private static JdbcClient.StatementSpec bound(
      JdbcClient.StatementSpec statement, AdmissionWebhook webhook) {
    String policy =
        webhook.failurePolicy() == AdmissionWebhook.FailurePolicy.FAIL ? "Fail" : "Ignore";
    return statement
        .param("name", webhook.name())
        .param("url", webhook.url())
        .param("kind", webhook.kind().name().toLowerCase(Locale.ROOT))
        .param(
            "operations",
            AccessRows.json(webhook.operations().stream().map(Operation::name).toList()))
        .param("type", webhook.typeName(), VARCHAR)
        .param("version", webhook.typeVersion(), VARCHAR)
        .param("timeout", webhook.timeoutSeconds())
        .param("policy", policy)
        .param("ordering", webhook.ordering());
  }

  @Override
  public boolean delete(long id) {
    return statements.run(
            client -> client.sql("DELETE FROM admission_webhooks WHERE id = ?").param(id).update())
        == 1;
  }
}
