// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static java.sql.Types.VARCHAR;

import io.heal8s.resource.access.Grant;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.access.Role;
import io.heal8s.resource.access.RoleStore;
import io.heal8s.resource.access.SystemPermission;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Roles in PostgreSQL. */
public final class JdbcRoleStore implements RoleStore {

  private final Statements statements;

  /** Makes a store. */
  public JdbcRoleStore(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public Optional<Role> create(
      String name,
      @Nullable String description,
      Set<SystemPermission> system,
      List<Grant> permissions) {
    return statements.inTransaction(
        client -> {
          Optional<Long> id =
              client
                  .sql(
                      """
                      INSERT INTO custom_roles (name, description, system_permissions)
                      VALUES (:name, :description, :system::jsonb)
                      ON CONFLICT (name) DO NOTHING RETURNING id
                      """)
                  .param("name", name)
                  .param("description", description, VARCHAR)
                  .param("system", words(system))
                  .query(Long.class)
                  .optional();
          id.ifPresent(role -> permissions.forEach(permission -> add(client, role, permission)));
          return id.flatMap(role -> find(client, role));
        });
  }

  @Override
  public Optional<Role> find(long id) {
    return statements.inTransaction(client -> find(client, id));
  }

  private static Optional<Role> find(JdbcClient client, long id) {
    List<Grant> permissions =
        client
            .sql("SELECT * FROM custom_role_permissions WHERE role_id = ? ORDER BY id")
            .param(id)
            .query(AccessRows::grant)
            .list();
    return client
        .sql("SELECT * FROM custom_roles WHERE id = ?")
        .param(id)
        .query(
            (row, number) ->
                new Role(
                    row.getLong("id"),
                    row.getString("name"),
                    row.getString("description"),
                    AccessRows.systemPermissions(row.getString("system_permissions")),
                    permissions,
                    AccessRows.time(row, "created_at"),
                    AccessRows.time(row, "updated_at")))
        .optional();
  }

  @Override
  public List<Role> list(int limit) {
    return statements.inTransaction(
        client ->
            client
                .sql("SELECT id FROM custom_roles ORDER BY id LIMIT ?")
                .param(limit)
                .query(Long.class)
                .list()
                .stream()
                .flatMap(id -> id == null ? Stream.empty() : find(client, id).stream())
                .toList());
  }

  @Override
  public Changed update(
      long id,
      @Nullable String name,
      @Nullable String description,
      @Nullable Set<SystemPermission> system) {
    try {
      return statements.inTransaction(
          client -> {
            client
                .sql(
                    """
                    UPDATE custom_roles SET name = COALESCE(:name, name),
                      description = COALESCE(:description, description),
                      system_permissions = COALESCE(:system::jsonb, system_permissions),
                      updated_at = now()
                    WHERE id = :id
                    """)
                .param("name", name, VARCHAR)
                .param("description", description, VARCHAR)
                .param("system", system == null ? null : words(system), VARCHAR)
                .param("id", id)
                .update();
            return find(client, id)
                .<Changed>map(Changed.Done::new)
                .orElseGet(Changed.NotFound::new);
          });
    } catch (DuplicateKeyException e) {
      return new Changed.NameTaken();
    }
  }

  @Override
  public boolean delete(long id) {
    return statements.run(
            client -> client.sql("DELETE FROM custom_roles WHERE id = ?").param(id).update())
        == 1;
  }

  @Override
  public Optional<Grant> addPermission(long roleId, Grant permission) {
    return statements.run(client -> add(client, roleId, permission));
  }

  private static Optional<Grant> add(JdbcClient client, long roleId, Grant permission) {
    return client
        .sql(
            """
            INSERT INTO custom_role_permissions
              (role_id, resource_type_name, resource_type_version, operations)
            VALUES (:role, :name, :version, :operations::jsonb)
            ON CONFLICT (role_id, resource_type_name, resource_type_version) DO NOTHING
            RETURNING *
            """)
        .param("role", roleId)
        .param("name", permission.typeName())
        .param("version", permission.typeVersion())
        .param("operations", operations(permission.operations()))
        .query(AccessRows::grant)
        .optional();
  }

  @Override
  public Optional<Grant> changePermission(
      long roleId, long permissionId, Set<Operation> operations) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    UPDATE custom_role_permissions SET operations = :operations::jsonb
                    WHERE id = :id AND role_id = :role RETURNING *
                    """)
                .param("operations", operations(operations))
                .param("id", permissionId)
                .param("role", roleId)
                .query(AccessRows::grant)
                .optional());
  }

  @Override
  public boolean removePermission(long roleId, long permissionId) {
    return statements.run(
            client ->
                client
                    .sql("DELETE FROM custom_role_permissions WHERE id = ? AND role_id = ?")
                    .params(permissionId, roleId)
                    .update())
        == 1;
  }

  private static String operations(Collection<Operation> operations) {
    return AccessRows.json(operations.stream().map(Operation::name).toList());
  }

  private static String words(Collection<SystemPermission> permissions) {
    return AccessRows.json(permissions.stream().map(SystemPermission::word).toList());
  }
}
