// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.testing.GitServer;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;

/** An input plugin in the whole service: from a commit to a resource that is ready, and back. */
@ExtendWith(PostgresExtension.class)
class InputsTest {

  @Test
  void aCommitBecomesAResourceThatIsReady(SharedPostgres postgres, @TempDir Path directory)
      throws Exception {
    try (GitServer git = new GitServer(directory)) {
      git.file("README.md", "# infra")
          .file(
              "db.yaml",
              """
              name: from-git
              resource_type_name: DatabaseCluster
              resource_type_version: v1
              action_plugin: test
              spec: {engine: postgres, engine_version: "16.2", storage_gb: 500}
              """)
          .commit();
      try (RunningService service =
          RunningService.start(
              postgres.empty(2, 10),
              "AUTH=none",
              "ENABLED_ACTION_PLUGINS=test,nosuch",
              "PLUGIN_CONFIGS={\"git\":{\"repository\":\""
                  + git.address()
                  + "\",\"interval\":0.2}}")) {
        // The type comes later than the file that needs it.
        await().until(() -> health(service).contains("Resource type DatabaseCluster/v1 not found"));
        service.call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"));
        String path = "/api/v1/resources/by-name/DatabaseCluster/v1/from-git";
        await()
            .until(
                () ->
                    service
                        .call("GET", path, null)
                        .json()
                        .path("status")
                        .asString("")
                        .equals("ready"));
        // It is noted when the round ends, which is after its resource may be ready.
        await()
            .untilAsserted(
                () -> assertThat(health(service)).doesNotContain("not found").startsWith("UP"));
        assertThat(service.call("GET", "/api/v1/plugins/inputs", null).response().body())
            .contains("\"git\"", "\"http_polling\"");
        assertThat(count(service, "heal8s.resource.deliveries", "input_plugin", "git"))
            .isPositive();
        assertThat(count(service, "heal8s.resource.plugin.call", "action_plugin", "test"))
            .isPositive();

        git.file("db.yaml", null).commit();
        await().until(() -> service.call("GET", path, null).status() == 404);
      }
    }
  }

  private static double count(RunningService service, String meter, String tag, String value) {
    return service.bean(MeterRegistry.class).find(meter).tag(tag, value).meters().stream()
        .flatMap(each -> StreamSupport.stream(each.measure().spliterator(), false))
        .filter(each -> each.getStatistic() == Statistic.COUNT)
        .mapToDouble(Measurement::getValue)
        .sum();
  }

  private static String health(RunningService service) {
    Health health =
        Objects.requireNonNull(service.bean(InputConfiguration.PluginsHealth.class).health());
    return health.getStatus().getCode() + " " + health.getDetails();
  }
}
