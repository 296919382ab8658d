// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.heal8s.resource.access.AdmissionWebhook;
import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Grant;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.access.Role;
import io.heal8s.resource.access.SystemPermission;
import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A database that the original made and used becomes ours with all that is in it. */
@ExtendWith(PostgresExtension.class)
class AdoptionTest {

  private static final String ROWS =
      """
      CREATE TABLE schema_migrations (id SERIAL PRIMARY KEY, version VARCHAR(255) UNIQUE NOT NULL,
        filename VARCHAR(255) NOT NULL, applied_at TIMESTAMP DEFAULT NOW());
      INSERT INTO resource_types (name, version, schema) VALUES ('DatabaseCluster', 'v1', '{"type": "object"}');
      INSERT INTO resources (name, resource_type_name, resource_type_version, action_plugin, spec, status,
        generation, observed_generation, spec_hash, retry_count, last_reconcile_time, next_reconcile_time,
        created_at, deleted_at) VALUES
        ('ready', 'DatabaseCluster', 'v1', 'github_actions', '{"size": 1}', 'ready', 2, 2, 'x', 0,
          '2026-01-15 10:31:00', '2026-01-15 10:36:00', '2026-01-15 10:30:00', NULL),
        ('stuck', 'DatabaseCluster', 'v1', 'github_actions', NULL, 'reconciling', 1, 0, 'x', 0,
          NULL, NULL, '2026-01-15 10:30:00', NULL),
        ('failed', 'DatabaseCluster', 'v1', 'github_actions', '{}', 'failed', 1, 0, 'x', 3,
          '2026-01-15 10:31:00', NULL, '2026-01-15 10:30:00', NULL),
        ('orphan', 'Vanished', 'v1', 'github_actions', '{}', 'ready', 1, 1, 'x', 0,
          '2026-01-15 10:31:00', NULL, '2026-01-15 10:30:00', NULL),
        ('deleted', 'DatabaseCluster', 'v1', 'github_actions', '{}', 'deleting', 1, 1, 'x', 0,
          '2026-01-15 10:31:00', NULL, '2026-01-15 10:30:00', '2026-01-16 00:00:00');
      INSERT INTO reconciliation_history (resource_id, generation, success, phase, trigger_reason)
        VALUES (1, 1, true, 'completed', 'initial'), (1, 2, true, 'completed', 'spec_change');
      """;

  /** What the newest release has more, edited into the same migration. */
  private static final String NEWEST =
      """
      ALTER TABLE resources ADD COLUMN conditions JSONB DEFAULT '[]';
      ALTER TABLE resources ADD COLUMN finalizers JSONB DEFAULT '[]';
      CREATE INDEX idx_resources_conditions ON resources USING GIN (conditions) WHERE deleted_at IS NULL;
      UPDATE resources SET finalizers = '["github_actions", "billing"]' WHERE name = 'ready';
      UPDATE resources SET conditions = '[{"type": "Ready", "status": "True", "reason": "ReconcileSuccess",
        "message": "", "lastTransitionTime": "2026-03-20T10:00:00.123456", "observedGeneration": 2}]'
        WHERE name = 'ready';
      CREATE TABLE cluster_nodes (node_id VARCHAR(255) PRIMARY KEY, hostname VARCHAR(255) NOT NULL,
        pid INTEGER NOT NULL, first_seen TIMESTAMP DEFAULT NOW(), last_heartbeat TIMESTAMP DEFAULT NOW());
      CREATE TYPE user_source AS ENUM ('manual', 'ldap');
      CREATE TYPE user_status AS ENUM ('active', 'suspended');
      """;

  /** Its users, roles and webhooks, with lists as JSON and every column that we know. */
  private static final String ACCESS =
      """
      CREATE TABLE custom_roles (id SERIAL PRIMARY KEY, name VARCHAR(255) NOT NULL UNIQUE, description TEXT,
        system_permissions JSONB DEFAULT '[]', created_at TIMESTAMP NOT NULL DEFAULT NOW(),
        updated_at TIMESTAMP NOT NULL DEFAULT NOW());
      CREATE TABLE custom_role_permissions (id SERIAL PRIMARY KEY,
        role_id INTEGER NOT NULL REFERENCES custom_roles (id) ON DELETE CASCADE,
        resource_type_name VARCHAR(255) NOT NULL, resource_type_version VARCHAR(50) NOT NULL,
        operations JSONB NOT NULL, UNIQUE (role_id, resource_type_name, resource_type_version));
      CREATE TABLE users (id SERIAL PRIMARY KEY, username VARCHAR(255) NOT NULL UNIQUE,
        password_hash VARCHAR(255), email VARCHAR(255), display_name VARCHAR(255), ldap_dn TEXT,
        source user_source NOT NULL DEFAULT 'manual', is_admin BOOLEAN NOT NULL DEFAULT FALSE,
        status user_status NOT NULL DEFAULT 'active',
        custom_role_id INTEGER REFERENCES custom_roles (id),
        created_at TIMESTAMP NOT NULL DEFAULT NOW(), updated_at TIMESTAMP NOT NULL DEFAULT NOW(),
        last_login_at TIMESTAMP, last_synced_at TIMESTAMP);
      CREATE INDEX idx_users_active ON users (username) WHERE status = 'active';
      CREATE TABLE admission_webhooks (id SERIAL PRIMARY KEY, name VARCHAR(255) NOT NULL UNIQUE,
        webhook_url TEXT NOT NULL, webhook_type VARCHAR(20) NOT NULL
          CHECK (webhook_type IN ('validating', 'mutating')),
        operations JSONB NOT NULL, resource_type_name VARCHAR(255), resource_type_version VARCHAR(50),
        timeout_seconds INTEGER NOT NULL DEFAULT 10, failure_policy VARCHAR(20) NOT NULL DEFAULT 'Fail',
        ordering INTEGER NOT NULL DEFAULT 0, created_at TIMESTAMP NOT NULL DEFAULT NOW(),
        updated_at TIMESTAMP NOT NULL DEFAULT NOW());
      """;

  /** The same as bare and as strange as the contract lets it be: arrays, enums, more, and less. */
  private static final String STRANGE_ACCESS =
      """
      CREATE TYPE crud AS ENUM ('CREATE', 'READ', 'UPDATE', 'DELETE');
      CREATE TYPE webhook_type AS ENUM ('validating', 'mutating');
      CREATE TABLE custom_roles (id SERIAL PRIMARY KEY, name VARCHAR(255) NOT NULL UNIQUE,
        system_permissions TEXT[]);
      CREATE TABLE custom_role_permissions (id SERIAL PRIMARY KEY, role_id INTEGER NOT NULL,
        resource_type_name VARCHAR(255) NOT NULL, resource_type_version VARCHAR(50) NOT NULL,
        operations crud[] NOT NULL);
      CREATE TABLE users (id SERIAL PRIMARY KEY, username VARCHAR(255) NOT NULL,
        password_hash VARCHAR(255) NOT NULL, source user_source NOT NULL, token_version INTEGER NOT NULL,
        is_admin BOOLEAN, status user_status, custom_role_id INTEGER,
        created_at TIMESTAMPTZ DEFAULT NOW());
      ALTER TABLE users ALTER COLUMN token_version DROP DEFAULT;
      CREATE UNIQUE INDEX users_name ON users (lower(username));
      CREATE TABLE admission_webhooks (id SERIAL PRIMARY KEY, name VARCHAR(255) NOT NULL UNIQUE,
        webhook_url TEXT NOT NULL, webhook_type webhook_type NOT NULL, operations TEXT[] NOT NULL,
        resource_type_name VARCHAR(255) NOT NULL, enabled BOOLEAN NOT NULL);
      """;

  private static final String ACCESS_ROWS =
      """
      INSERT INTO custom_roles (name, system_permissions) VALUES ('viewer', '["view_webhooks"]');
      INSERT INTO custom_role_permissions (role_id, resource_type_name, resource_type_version, operations)
        VALUES (1, 'DatabaseCluster', '*', '["CREATE", "READ"]');
      INSERT INTO users (username, password_hash, is_admin, custom_role_id, created_at)
        VALUES ('ada', '$2b$04$x', FALSE, 1, '2026-03-20 10:00:00');
      INSERT INTO users (username, source, status, is_admin, ldap_dn)
        VALUES ('bob', 'ldap', 'suspended', FALSE, 'uid=bob,dc=example');
      INSERT INTO admission_webhooks (name, webhook_url, webhook_type, operations)
        VALUES ('judge', 'https://judge.example.org', 'validating', '["CREATE"]');
      """;

  private static final String STRANGE_ACCESS_ROWS =
      """
      INSERT INTO custom_roles (name, system_permissions) VALUES ('viewer', '{view_webhooks}');
      INSERT INTO custom_role_permissions (role_id, resource_type_name, resource_type_version, operations)
        VALUES (1, 'DatabaseCluster', '*', '{CREATE,READ}'), (9, 'Gone', '*', '{READ}');
      INSERT INTO users (username, password_hash, source, token_version, status, custom_role_id, created_at)
        VALUES ('ada', '$2b$04$x', 'manual', 1, 'active', 1, '2026-03-20 10:00:00Z'),
          ('bob', 'x', 'ldap', 1, 'suspended', 9, now());
      INSERT INTO admission_webhooks (name, webhook_url, webhook_type, operations, resource_type_name, enabled)
        VALUES ('judge', 'https://judge.example.org', 'validating', '{CREATE}', 'DatabaseCluster', TRUE);
      """;

  static Stream<Arguments> accessTables() {
    return Stream.of(
        Arguments.of("all columns", ACCESS + ACCESS_ROWS),
        Arguments.of("bare and strange", STRANGE_ACCESS + STRANGE_ACCESS_ROWS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accessTables")
  void newestReleaseKeepsItsUsersRolesAndWebhooks(
      String because, String tables, SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    execute(settings, original() + ROWS + NEWEST + tables);

    try (Database database = Database.open(settings)) {
      JdbcUserStore users = new JdbcUserStore(database);
      User ada = users.find("ada").orElseThrow();
      assertThat(ada.source()).as(because).isEqualTo(User.Source.MANUAL);
      assertThat(ada.passwordHash()).isEqualTo("$2b$04$x");
      assertThat(ada.createdAt()).isEqualTo(Instant.parse("2026-03-20T10:00:00Z"));
      Caller caller = users.caller(ada.id()).orElseThrow();
      assertThat(caller.may(Operation.CREATE, "DatabaseCluster", "v1")).isTrue();
      assertThat(caller.may(Operation.DELETE, "DatabaseCluster", "v1")).isFalse();
      assertThat(caller.may(SystemPermission.VIEW_WEBHOOKS)).isTrue();
      assertThat(users.find("bob").orElseThrow().status()).isEqualTo(User.Status.SUSPENDED);

      assertThat(new JdbcWebhookStore(database).list("DatabaseCluster", null, null, 10).size())
          .isEqualTo(because.startsWith("bare") ? 1 : 0);
      AdmissionWebhook judge = new JdbcWebhookStore(database).list(null, null, null, 10).getFirst();
      assertThat(judge.kind()).isEqualTo(AdmissionWebhook.Kind.VALIDATING);
      assertThat(judge.operations()).containsExactly(Operation.CREATE);
      assertThat(judge.failurePolicy()).isEqualTo(AdmissionWebhook.FailurePolicy.FAIL);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accessTables")
  void whatItHasCanBeChangedAndFiltered(String because, String tables, SharedPostgres server)
      throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    execute(settings, original() + ROWS + NEWEST + tables);

    try (Database database = Database.open(settings)) {
      JdbcUserStore users = new JdbcUserStore(database);
      User ada = users.find("ada").orElseThrow();
      User eve = users.create(user("eve", User.Source.OIDC)).orElseThrow();
      assertThat(eve.source()).as(because).isEqualTo(User.Source.OIDC);
      assertThat(users.create(user("ada", User.Source.MANUAL))).as("the name is taken").isEmpty();
      assertThat(users.list(User.Source.LDAP, null, User.Status.SUSPENDED, 10))
          .extracting(User::username)
          .containsExactly("bob");
      assertThat(
              users
                  .update(
                      ada.id(),
                      new UserStore.Change(
                          null, "a@example.org", "Ada", false, User.Status.SUSPENDED, 1L))
                  .orElseThrow()
                  .status())
          .isEqualTo(User.Status.SUSPENDED);
      assertThat(users.caller(ada.id())).isEmpty();
      assertThat(
              Objects.requireNonNull(users.sync(user("bob", User.Source.LDAP))).user().bindName())
          .isEqualTo("uid=bob,dc=example");

      JdbcRoleStore roles = new JdbcRoleStore(database);
      Role other =
          roles
              .create(
                  "other",
                  null,
                  Set.of(),
                  List.of(new Grant(0, "DatabaseCluster", "v1", Set.of(Operation.READ))))
              .orElseThrow();
      assertThat(other.permissions()).hasSize(1);
      assertThat(roles.create("viewer", null, Set.of(), List.of())).as("taken").isEmpty();
      assertThat(roles.delete(1)).isTrue();
      assertThat(users.find("ada").orElseThrow().customRoleId())
          .as("a role that goes leaves its users without one")
          .isNull();

      JdbcWebhookStore webhooks = new JdbcWebhookStore(database);
      AdmissionWebhook judge = webhooks.list(null, null, null, 10).getFirst();
      assertThat(webhooks.create(judge)).as("taken").isEmpty();
      assertThat(webhooks.delete(judge.id())).isTrue();
      assertThat(webhooks.create(judge)).isPresent();
    }
  }

  private static UserStore.NewUser user(String name, User.Source source) {
    return new UserStore.NewUser(
        name,
        null,
        name + "@example.org",
        null,
        false,
        null,
        source,
        "uid=" + name + ",dc=example");
  }

  @Test
  void firstReleaseIsAdopted(SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    execute(settings, original() + ROWS);

    try (Database database = Database.open(settings);
        Wakeups wakeups = new Wakeups(database)) {
      JdbcResourceStore store = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
      Resource ready = byName(store, "ready");
      assertThat(ready.status()).isEqualTo(ResourceStatus.READY);
      assertThat(ready.observedGeneration()).isEqualTo(2);
      assertThat(ready.createdAt())
          .as("because the original's servers write UTC without saying so")
          .isEqualTo(Instant.parse("2026-01-15T10:30:00Z"));
      assertThat(ready.finalizers()).containsExactly("github_actions");
      assertThat(store.history(ready.id(), 10, null)).hasSize(2);

      Resource stuck = byName(store, "stuck");
      assertThat(stuck.status()).isEqualTo(ResourceStatus.PENDING);
      assertThat(stuck.spec().isEmpty()).isTrue();
      assertThat(byName(store, "failed").retryCount()).isEqualTo(3);
      assertThat(byName(store, "deleted").status())
          .as("because it was never destroyed, and now will be")
          .isEqualTo(ResourceStatus.DELETING);
      assertThat(byName(store, "orphan").typeName()).isEqualTo("Vanished");
    }
    Database.open(settings).close();
  }

  @Test
  void newestReleaseKeepsItsFinalizers(SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    execute(settings, original() + ROWS + NEWEST);

    try (Database database = Database.open(settings);
        Wakeups wakeups = new Wakeups(database)) {
      JdbcResourceStore store = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
      Resource ready = byName(store, "ready");
      assertThat(ready.finalizers()).containsExactly("github_actions", "billing");
      assertThat(ready.conditions().getFirst().lastTransitionTime())
          .isEqualTo(Instant.parse("2026-03-20T10:00:00.123456Z"));
    }
  }

  @Test
  void databaseOfSomebodyElseIsLeftAlone(SharedPostgres server) throws SQLException {
    ConnectionSettings settings = server.empty(1, 4);
    execute(settings, "CREATE TABLE invoices (id int)");
    assertThatIllegalStateException()
        .isThrownBy(() -> Database.open(settings))
        .withMessageContaining("set DB_NAME to an empty database");
  }

  @Test
  void twoProcessesMayStartOnAnEmptyDatabaseAtOnce(SharedPostgres server) throws Exception {
    ConnectionSettings settings = server.empty(1, 4);
    List<Thread> threads = new java.util.ArrayList<>();
    List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread thread = Thread.ofVirtual().unstarted(() -> Database.open(settings).close());
      thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private static Resource byName(JdbcResourceStore store, String name) {
    return store.list(ResourceQuery.first(100)).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String original() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            Database.class.getResourceAsStream("/db/migration/V1__original_schema.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void execute(ConnectionSettings settings, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
