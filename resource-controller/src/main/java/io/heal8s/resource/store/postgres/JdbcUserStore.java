// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static java.sql.Types.BIGINT;
import static java.sql.Types.BOOLEAN;
import static java.sql.Types.VARCHAR;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Grant;
import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users in PostgreSQL. */
public final class JdbcUserStore implements UserStore {

  private final Statements statements;

  /** Makes a store. */
  public JdbcUserStore(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public long count() {
    return statements.run(
        client -> client.sql("SELECT count(*) FROM users").query(Long.class).single());
  }

  @Override
  public Optional<User> create(NewUser user) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    INSERT INTO users (username, password_hash, email, display_name, is_admin,
                      custom_role_id, source, bind_name, last_synced_at)
                    VALUES (:username, :hash, :email, :display, :admin, :role, :source, :bind,
                      CASE WHEN :source = 'manual' THEN NULL ELSE now() END)
                    ON CONFLICT (username) DO NOTHING RETURNING *
                    """)
                .param("username", user.username())
                .param("hash", user.passwordHash(), VARCHAR)
                .param("email", user.email(), VARCHAR)
                .param("display", user.displayName(), VARCHAR)
                .param("admin", user.admin())
                .param("role", user.customRoleId(), BIGINT)
                .param("source", word(user.source()))
                .param("bind", user.bindName(), VARCHAR)
                .query(AccessRows::user)
                .optional());
  }

  @Override
  public Optional<User> find(long id) {
    return statements.run(
        client ->
            client
                .sql("SELECT * FROM users WHERE id = ?")
                .param(id)
                .query(AccessRows::user)
                .optional());
  }

  @Override
  public Optional<User> find(String username) {
    return statements.run(
        client ->
            client
                .sql("SELECT * FROM users WHERE username = ?")
                .param(username)
                .query(AccessRows::user)
                .optional());
  }

  @Override
  public List<User> list(
      User.@Nullable Source source,
      @Nullable Boolean admin,
      User.@Nullable Status status,
      int limit) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    SELECT * FROM users
                    WHERE (:source::text IS NULL OR source = :source)
                      AND (:admin::boolean IS NULL OR is_admin = :admin)
                      AND (:status::text IS NULL OR status = :status)
                    ORDER BY id LIMIT :limit
                    """)
                .param("source", source == null ? null : word(source), VARCHAR)
                .param("admin", admin, BOOLEAN)
                .param("status", status == null ? null : word(status), VARCHAR)
                .param("limit", limit)
                .query(AccessRows::user)
                .list());
  }

  @Override
  public Optional<User> update(long id, Change change) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    UPDATE users SET password_hash = COALESCE(:hash, password_hash), email = :email,
                      display_name = :display, is_admin = :admin, status = :status,
                      custom_role_id = :role, updated_at = now()
                    WHERE id = :id RETURNING *
                    """)
                .param("hash", change.passwordHash(), VARCHAR)
                .param("email", change.email(), VARCHAR)
                .param("display", change.displayName(), VARCHAR)
                .param("admin", change.admin())
                .param("status", word(change.status()))
                .param("role", change.customRoleId(), BIGINT)
                .param("id", id)
                .query(AccessRows::user)
                .optional());
  }

  @Override
  public void loggedIn(long id) {
    statements.run(
        client ->
            client.sql("UPDATE users SET last_login_at = now() WHERE id = ?").param(id).update());
  }

  @Override
  public @Nullable Synced sync(NewUser user) {
    Optional<User> created = create(user);
    if (created.isPresent()) {
      return new Synced(created.get(), true);
    }
    return statements
        .<Optional<User>>run(
            client ->
                client
                    .sql(
                        """
                        UPDATE users SET email = :email, display_name = :display, bind_name = :bind,
                          last_synced_at = now()
                        WHERE username = :username AND source = :source RETURNING *
                        """)
                    .param("email", user.email(), VARCHAR)
                    .param("display", user.displayName(), VARCHAR)
                    .param("bind", user.bindName(), VARCHAR)
                    .param("username", user.username())
                    .param("source", word(user.source()))
                    .query(AccessRows::user)
                    .optional())
        .map(found -> new Synced(found, false))
        .orElse(null);
  }

  @Override
  public Optional<Caller> caller(long id) {
    return statements.run(
        client -> {
          Optional<Caller> caller =
              client
                  .sql(
                      """
                      SELECT u.id, u.username, u.is_admin,
                        COALESCE(r.system_permissions, '[]')::text AS system_permissions
                      FROM users u LEFT JOIN custom_roles r ON r.id = u.custom_role_id
                      WHERE u.id = ? AND u.status = 'active'
                      """)
                  .param(id)
                  .query(
                      (row, number) ->
                          new Caller(
                              row.getLong("id"),
                              row.getString("username"),
                              row.getBoolean("is_admin"),
                              List.of(),
                              AccessRows.systemPermissions(row.getString("system_permissions"))))
                  .optional();
          if (caller.isEmpty() || caller.get().admin()) {
            return caller;
          }
          List<Grant> grants =
              client
                  .sql(
                      """
                      SELECT p.* FROM custom_role_permissions p
                      JOIN users u ON u.custom_role_id = p.role_id WHERE u.id = ?
                      """)
                  .param(id)
                  .query(AccessRows::grant)
                  .list();
          return caller.map(
              one ->
                  new Caller(one.userId(), one.username(), false, grants, one.systemPermissions()));
        });
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
