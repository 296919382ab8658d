// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import java.net.InetAddress;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import tools.jackson.databind.JsonNode;

/** Who may do what, as it is unless somebody switches it off. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

  private RunningService service;
  private InMemoryDirectoryServer directory;
  private String admin;

  @BeforeAll
  void start(SharedPostgres postgres) throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
    config.addAdditionalBindCredentials("cn=reader", "reading");
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
    directory = new InMemoryDirectoryServer(config);
    directory.add(
        "dn: dc=example,dc=org", "objectClass: top", "objectClass: domain", "dc: example");
    directory.add(
        "dn: uid=ada,dc=example,dc=org",
        "objectClass: inetOrgPerson",
        "uid: ada",
        "cn: Ada",
        "sn: L",
        "mail: ada@example.org",
        "userPassword: engine-no-1");
    directory.startListening();
    service =
        RunningService.start(
            postgres.empty(2, 10),
            "ENABLED_ACTION_PLUGINS=test",
            "LDAP_URL=ldap://127.0.0.1:" + directory.getListenPort(),
            "LDAP_BASE_DN=dc=example,dc=org",
            "LDAP_BIND_DN=cn=reader",
            "LDAP_BIND_PASSWORD=reading");
    admin = service.loginAs(RunningService.ADMIN, RunningService.PASSWORD).token();
    service.call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"));
    service.call("POST", "/api/v1/resource-types", ContractTest.type("Hidden", "v1"));
  }

  @AfterAll
  void stop() {
    service.close();
    directory.shutDown(true);
  }

  @BeforeEach
  void asAdmin() {
    service.withToken(admin);
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/api/v1/resource-types",
    "GET,/api/v1/resource-types",
    "GET,/api/v1/resource-types/1",
    "GET,/api/v1/resource-types/DatabaseCluster/v1",
    "PUT,/api/v1/resource-types/1",
    "DELETE,/api/v1/resource-types/1",
    "POST,/api/v1/resources",
    "GET,/api/v1/resources",
    "GET,/api/v1/resources/1",
    "GET,/api/v1/resources/by-name/DatabaseCluster/v1/a",
    "PUT,/api/v1/resources/1",
    "DELETE,/api/v1/resources/1",
    "POST,/api/v1/resources/1/reconcile",
    "GET,/api/v1/resources/1/history",
    "GET,/api/v1/resources/1/outputs",
    "GET,/api/v1/plugins/actions",
    "GET,/api/v1/plugins/inputs",
    "GET,/api/v1/events",
    "GET,/api/v1/resources?watch=true",
    "PATCH,/api/v1/resources/1",
    "POST,/api/v1/resources/apply",
    "GET,/api/v1/users",
    "GET,/api/v1/custom-roles",
    "GET,/api/v1/admission-webhooks",
    "GET,/api/v1/auth/me",
    "GET,/api/v1/cluster/nodes",
    "GET,/nowhere",
    "GET,/api/v1/resources;x=1",
    "GET,//health/../api/v1/resources",
  })
  void nobodyComesInWithoutAToken(String method, String path) {
    service.withToken(null);
    Answer answer = service.call(method, path, method.equals("GET") ? null : "{}");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.detail()).isEqualTo("Missing or invalid Authorization header");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void everyOperationOfTheDocumentThatIsNotPublicAsksForAToken() {
    JsonNode paths = service.call("GET", "/openapi.json", null).json().path("paths");
    service.withToken(null);
    int closed = 0;
    for (var path : paths.properties()) {
      String address = path.getKey().replaceAll("\\{[^}]*}", "1");
      for (var operation : path.getValue().properties()) {
        boolean open = operation.getValue().has("security");
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        Answer answer = service.call(method, address, method.equals("GET") ? null : "{}");
        if (open) {
          assertThat(answer.status()).as("%s %s", method, address).isIn(200, 422);
        } else {
          assertThat(answer.status()).as("%s %s", method, address).isEqualTo(401);
          closed++;
        }
      }
    }
    assertThat(closed).isGreaterThan(40);
  }

  @Test
  void theProcessesThatShareTheWork() {
    JsonNode cluster = service.call("GET", "/api/v1/cluster/nodes", null).json();
    assertThat(cluster.path("nodes").size()).isEqualTo(1);
    JsonNode node = cluster.path("nodes").path(0);
    assertThat(node.path("node_id").asString())
        .isEqualTo(cluster.path("this_instance_id").asString());
    assertThat(node.path("status").asString()).isEqualTo("Ready");
    assertThat(node.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(node.path("age").asString()).matches("\\d+s|\\d+m\\d+s");
    assertThat(cluster.path("this_instance_is_leader").asBoolean()).isTrue();
    assertThat(cluster.path("leader_lock").isNull()).isTrue();
    user("onlooker", "");
    service.loginAs("onlooker", "long enough");
    Answer denied = service.call("GET", "/api/v1/cluster/nodes", null);
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.detail()).isEqualTo("Admin role required");
  }

  @ParameterizedTest
  @CsvSource({"/", "/health", "/api/v1/cluster/health"})
  void whatIsPublic(String path) {
    service.withToken(null);
    assertThat(service.call("GET", path, null).status()).isEqualTo(200);
  }

  @Test
  void wrongTokens() {
    assertThat(service.withToken("nonsense").call("GET", "/api/v1/auth/me", null).detail())
        .startsWith("Invalid token: ");
    String forged = admin.substring(0, admin.lastIndexOf('.') + 1) + "AAAA";
    assertThat(service.withToken(forged).call("GET", "/api/v1/auth/me", null).detail())
        .isEqualTo("Invalid token: Signature verification failed");
    String unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.";
    assertThat(service.withToken(unsigned).call("GET", "/api/v1/auth/me", null).status())
        .isEqualTo(401);
  }

  @Test
  void wrongPasswords() {
    service.withToken(null);
    for (String who : new String[] {"admin", "nobody"}) {
      Answer answer =
          service.call(
              "POST",
              "/api/v1/auth/login",
              "{\"username\":\"%s\",\"password\":\"wrong password\"}".formatted(who));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.detail()).isEqualTo("Invalid credentials");
    }
  }

  @Test
  void whoGuessesIsToldWhenToTryAgain() {
    user("guessed", "");
    service.withToken(null);
    for (int i = 0; i < 5; i++) {
      assertThat(login("guessed", "guess " + i).status()).isEqualTo(401);
    }
    Answer answer = login("guessed", "long enough");
    assertThat(answer.status()).isEqualTo(429);
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 30);
    assertThat(answer.detail()).startsWith("Too many logins; try again in ");
    service.loginAs(RunningService.ADMIN, RunningService.PASSWORD);
  }

  private Answer login(String username, String password) {
    return service.call(
        "POST",
        "/api/v1/auth/login",
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password));
  }

  @Test
  void ofAStrangerNoLargeBodyIsRead() {
    String large = "[" + "{},".repeat(30_000) + "{}]";
    Answer known = service.call("POST", "/api/v1/resource-types", large);
    assertThat(known.status()).isEqualTo(422);
    service.withToken(null);
    for (String path : new String[] {"/api/v1/auth/login", "/", "/error"}) {
      Answer answer = service.call("POST", path, large);
      assertThat(answer.status()).as(path).isEqualTo(413);
      assertThat(answer.header("Content-Type")).startsWith("application/json");
      assertThat(answer.json().propertyNames()).containsExactly("detail");
      assertThat(answer.detail()).contains("65536 bytes");
    }
  }

  @Test
  void aLoopThatDiesIsSeenByTheLiveness() {
    assertThat(service.bean(HealthEndpointGroups.class).get("liveness"))
        .isNotNull()
        .matches(liveness -> liveness.isMember("reconcile"));
  }

  private JsonNode user(String name, String more) {
    Answer answer =
        service.call(
            "POST",
            "/api/v1/users",
            "{\"username\":\"%s\",\"password\":\"long enough\"%s}".formatted(name, more));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json();
  }

  @Test
  void aSuspendedUserIsOutAtOnce() {
    long id = user("leaver", "").path("id").asLong();
    String token = service.loginAs("leaver", "long enough").token();
    assertThat(service.call("GET", "/api/v1/auth/me", null).json().path("username").asString())
        .isEqualTo("leaver");
    service.withToken(admin);
    assertThat(service.call("DELETE", "/api/v1/users/" + id, null).status()).isEqualTo(204);
    assertThat(service.withToken(token).call("GET", "/api/v1/auth/me", null).status())
        .isEqualTo(401);
    service.withToken(null);
    assertThat(
            service
                .call(
                    "POST",
                    "/api/v1/auth/login",
                    "{\"username\":\"leaver\",\"password\":\"long enough\"}")
                .status())
        .isEqualTo(401);
  }

  @Test
  void theLastAdministratorStays() {
    JsonNode me = service.call("GET", "/api/v1/auth/me", null).json();
    assertThat(me.path("source").asString()).isEqualTo("manual");
    Answer answer = service.call("DELETE", "/api/v1/users/" + me.path("id"), null);
    assertThat(answer.status()).isEqualTo(409);
  }

  @Test
  void aRoleAllowsWhatItSaysAndNoMore() {
    Answer created =
        service.call(
            "POST",
            "/api/v1/custom-roles",
            """
            {"name":"readers","permissions":[
              {"resource_type_name":"DatabaseCluster","resource_type_version":"*","operations":["READ"]}]}
            """);
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    long role = created.json().path("id").asLong();
    long permission = created.json().path("permissions").path(0).path("id").asLong();
    user("reader", ",\"custom_role_id\":" + role);
    long shown = resource("shown", "DatabaseCluster");
    long hidden = resource("hidden", "Hidden");
    String reader = service.loginAs("reader", "long enough").token();

    assertThat(service.call("GET", "/api/v1/resources/" + shown, null).status()).isEqualTo(200);
    Answer denied = service.call("GET", "/api/v1/resources/" + hidden, null);
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.detail()).isEqualTo("Insufficient permissions");
    JsonNode list = service.call("GET", "/api/v1/resources?limit=1", null).json();
    assertThat(list.size()).as("hidden ones are left out before the limit").isEqualTo(1);
    assertThat(list.path(0).path("resource_type_name").asString()).isEqualTo("DatabaseCluster");
    assertThat(service.call("PUT", "/api/v1/resources/" + shown, "{}").status()).isEqualTo(403);
    assertThat(service.call("DELETE", "/api/v1/resources/" + shown, null).status()).isEqualTo(403);
    assertThat(service.call("POST", "/api/v1/resources", ContractTest.resource("x", "{}")).status())
        .isEqualTo(403);
    assertThat(service.call("GET", "/api/v1/resource-types", null).status()).isEqualTo(200);
    Answer type = service.call("POST", "/api/v1/resource-types", ContractTest.type("T", "v1"));
    assertThat(type.detail()).isEqualTo("Admin role required");
    assertThat(service.call("GET", "/api/v1/plugins/actions", null).status()).isEqualTo(403);
    assertThat(service.call("GET", "/api/v1/users", null).status()).isEqualTo(403);

    service.withToken(admin);
    String path = "/api/v1/custom-roles/" + role + "/permissions/" + permission;
    assertThat(service.call("PUT", path, "{\"operations\":[\"READ\",\"UPDATE\"]}").status())
        .isEqualTo(200);
    assertThat(
            service
                .call("PUT", path.replace("/" + role + "/", "/99/"), "{\"operations\":[]}")
                .status())
        .as("a permission of another role")
        .isEqualTo(404);
    service.withToken(reader);
    assertThat(service.call("PUT", "/api/v1/resources/" + shown, "{}").status())
        .as("a changed role counts at once")
        .isEqualTo(200);
  }

  private long resource(String name, String type) {
    Answer answer =
        service.call(
            "POST",
            "/api/v1/resources",
            ContractTest.resource(name, ContractTest.SPEC).replace("DatabaseCluster", type));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json().path("id").asLong();
  }

  @Test
  void usersOfADirectory() {
    Answer sync = service.call("POST", "/api/v1/users/ldap-sync", null);
    assertThat(sync.response().body()).isEqualTo("{\"created\":1,\"updated\":0,\"total\":1}");
    assertThat(service.call("POST", "/api/v1/users/ldap-sync", null).json().path("updated").asInt())
        .isEqualTo(1);
    JsonNode list = service.call("GET", "/api/v1/users?source=ldap", null).json();
    assertThat(list.path(0).path("email").asString()).isEqualTo("ada@example.org");
    service.withToken(null);
    for (String wrong : new String[] {"wrong", ""}) {
      assertThat(
              service
                  .call(
                      "POST",
                      "/api/v1/auth/login",
                      "{\"username\":\"ada\",\"password\":\"%s\"}".formatted(wrong))
                  .status())
          .isEqualTo(401);
    }
    service.loginAs("ada", "engine-no-1");
    assertThat(service.call("GET", "/api/v1/auth/me", null).json().path("source").asString())
        .isEqualTo("ldap");
    assertThat(service.call("GET", "/api/v1/users", null).status()).isEqualTo(403);
  }

  @Test
  void usersOfADirectoryByThemselves(SharedPostgres postgres) throws Exception {
    try (RunningService timed =
        RunningService.start(
            postgres.empty(2, 10),
            "ENABLED_ACTION_PLUGINS=test",
            "LDAP_SYNC_INTERVAL=0.1",
            "LDAP_URL=ldap://127.0.0.1:" + directory.getListenPort(),
            "LDAP_BASE_DN=dc=example,dc=org",
            "LDAP_BIND_DN=cn=reader",
            "LDAP_BIND_PASSWORD=reading")) {
      timed.loginAs(RunningService.ADMIN, RunningService.PASSWORD);
      directory.add(
          "dn: cn=late,dc=example,dc=org",
          "objectClass: inetOrgPerson",
          "uid: late",
          "cn: late",
          "sn: L");
      await()
          .untilAsserted(
              () ->
                  assertThat(timed.call("GET", "/api/v1/users?source=ldap", null).json())
                      .anyMatch(user -> user.path("username").asString("").equals("late")));
    } finally {
      directory.delete("cn=late,dc=example,dc=org");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"username\":\"Bad\",\"password\":\"long enough\"}                | username",
        "{\"username\":\"good\",\"password\":\"short\"}                     | password",
        "{\"username\":\"good\",\"password\":\"long enough\",\"custom_role_id\":77} | custom_role_id",
      })
  void usersThatCannotBe(String body, String field) {
    Answer answer = service.call("POST", "/api/v1/users", body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").path(0).path("loc").path(1).asString())
        .isEqualTo(field);
  }
}
