// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.ProgramRuns;
import io.heal8s.resource.plugin.state.StateAccess;
import io.heal8s.resource.plugin.state.Workbench;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The protocol of the http backend, as its documentation has it. */
@ExtendWith(PostgresExtension.class)
class ProgramStateRestTest {

  private static final String STATE = "{\"version\":4,\"serial\":1,\"lineage\":\"l\"}";
  private static final String LOCK = "{\"ID\":\"L1\",\"Who\":\"me\"}";

  @Test
  void aRunLocksWritesAndUnlocksAndNobodyElseMay(SharedPostgres postgres) {
    try (RunningService service = RunningService.start(postgres.empty(2, 10))) {
      service.loginAs(RunningService.ADMIN, RunningService.PASSWORD);
      service.call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"));
      String spec = "{\"engine\":\"postgres\",\"engine_version\":\"16\",\"storage_gb\":50}";
      long id =
          service
              .call("POST", "/api/v1/resources", ContractTest.resource("one", spec))
              .json()
              .path("id")
              .asLong();
      String path = "/api/v1/program-states/" + id;

      assertThat(service.call("GET", path, null).status())
          .as("an administrator's token is no credential of a run")
          .isEqualTo(401);
      service.withToken(null);
      assertThat(service.call("GET", path, null).status()).isEqualTo(401);
      assertThat(service.call("GET", "/api/v1/program-states/1/../../resources", null).status())
          .as("the page that judges credentials itself leads nowhere else")
          .isIn(400, 401, 404);

      Workbench bench = service.bean(Workbench.class);
      try (StateAccess.Reading reading = bench.access().read(id)) {
        assertThat(call(service, "GET", path, reading.credential(), null).status()).isEqualTo(204);
        assertThat(call(service, "LOCK", path, reading.credential(), LOCK).status()).isEqualTo(401);
        assertThat(call(service, "GET", path + "0", reading.credential(), null).status())
            .isEqualTo(401);
      }
      Credential run = begun(bench, id, "k1", Duration.ofSeconds(-1));
      assertThat(call(service, "POST", path + "?ID=L1", run, STATE).status()).isEqualTo(423);
      assertThat(call(service, "LOCK", path, run, "{}").status()).isEqualTo(400);
      assertThat(call(service, "LOCK", path, run, LOCK).status()).isEqualTo(200);
      Answer locked = call(service, "POST", path + "?ID=L2", run, STATE);
      assertThat(locked.status()).isEqualTo(423);
      assertThat(locked.response().body()).isEqualTo(LOCK);
      assertThat(call(service, "POST", path + "?ID=L1", run, "nonsense").status()).isEqualTo(400);
      assertThat(call(service, "POST", path + "?ID=L1", run, STATE).status()).isEqualTo(200);
      assertThat(call(service, "GET", path, run, null).response().body()).isEqualTo(STATE);
      assertThat(call(service, "PUT", path, run, STATE).status()).isEqualTo(405);

      Credential next = begun(bench, id, "k2", Duration.ofMinutes(1));
      assertThat(call(service, "POST", path + "?ID=L1", run, STATE).status())
          .as("its process died, and another run has begun")
          .isEqualTo(401);
      assertThat(call(service, "LOCK", path, next, "{\"ID\":\"L3\"}").status()).isEqualTo(200);
      assertThat(call(service, "UNLOCK", path, next, "{\"ID\":\"L3\"}").status()).isEqualTo(200);
      assertThat(call(service, "DELETE", path, next, null).status()).isEqualTo(423);
      service.loginAs(RunningService.ADMIN, RunningService.PASSWORD);
      assertThat(service.call("GET", path.replace("states", "%73tates"), null).status())
          .as("a path that is written otherwise is judged by nobody")
          .isEqualTo(401);
    }
  }

  private static Credential begun(Workbench bench, long id, String key, Duration lease) {
    Credential credential = new Credential(new UUID(3, key.hashCode()).toString(), "secret" + key);
    assertThat(
            bench
                .runs()
                .begin(
                    new ProgramRuns.Beginning(
                        UUID.fromString(credential.name()),
                        id,
                        key,
                        ProgramRun.Operation.APPLY,
                        credential,
                        lease,
                        null)))
        .isTrue();
    return credential;
  }

  private static Answer call(
      RunningService service, String method, String path, Credential who, @Nullable String body) {
    String basic =
        Base64.getEncoder()
            .encodeToString((who.name() + ":" + who.password()).getBytes(StandardCharsets.UTF_8));
    return service.call(method, path, body, "Authorization", "Basic " + basic);
  }
}
