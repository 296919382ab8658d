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
import tools.jackson.databind.JsonNode;

/** An input plugin in the whole service: from a commit to a resource that is ready, and back. */
@ExtendWith(PostgresExtension.class)
class InputsTest {

  private static final String FROM_V1 =
      "{\"v1\":{\"set\":{\"gigabytes\":\"self.size\"},\"remove\":[\"size\"]}}";
  private static final String FROM_V2 =
      "{\"v2\":{\"set\":{\"size\":\"self.gigabytes\"},\"remove\":[\"gigabytes\"]}}";

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

  @Test
  void aMigrationOfTheTypeLeavesWhatACommitWants(SharedPostgres postgres, @TempDir Path directory)
      throws Exception {
    try (GitServer git = new GitServer(directory)) {
      git.file("README.md", "# infra").file("disk.yaml", disk(50)).commit();
      try (RunningService service =
          RunningService.start(
              postgres.empty(2, 10),
              "AUTH=none",
              "ENABLED_ACTION_PLUGINS=test",
              "PLUGIN_CONFIGS={\"git\":{\"repository\":\""
                  + git.address()
                  + "\",\"interval\":0.1,\"resync\":0.1}}")) {
        long v1 = type(service, "v1", "size", "{}");
        type(service, "v2", "gigabytes", "{\"conversion\":{\"from\":" + FROM_V1 + "}}");
        String path = "/api/v1/resources/by-name/Disk/v1/from-git";
        await().until(() -> ready(service, path, 50));
        long id = service.call("GET", path, null).json().path("id").asLong();

        service.call(
            "PUT",
            "/api/v1/resource-types/" + v1,
            "{\"metadata\":{\"conversion\":{\"stored_as\":\"v2\",\"from\":" + FROM_V2 + "}}}");
        assertThat(
                service
                    .call("POST", "/api/v1/resource-types/" + v1 + "/migrate", null)
                    .json()
                    .path("migrated")
                    .asInt())
            .isEqualTo(1);
        // A new file and a changed one are two rounds that let go what is wanted no more.
        git.file("disk.yaml", disk(60)).commit();
        await().until(() -> ready(service, path, 60));
        git.file("other.yaml", disk(70).replace("from-git", "other")).commit();
        await().until(() -> ready(service, "/api/v1/resources/by-name/Disk/v1/other", 70));
        assertThat(service.call("GET", path, null).json().path("id").asLong()).isEqualTo(id);
        assertThat(
                service
                    .call("GET", "/api/v1/resources/" + id + "/history", null)
                    .json()
                    .valueStream()
                    .filter(entry -> entry.path("resources_deleted").asInt() > 0))
            .as("nothing was destroyed")
            .isEmpty();
        assertThat(health(service)).startsWith("UP");

        git.file("disk.yaml", null).commit();
        await().until(() -> service.call("GET", path, null).status() == 404);
      }
    }
  }

  private static String disk(int size) {
    return """
    name: from-git
    resource_type_name: Disk
    resource_type_version: v1
    action_plugin: test
    spec: {size: %d}
    """
        .formatted(size);
  }

  private static long type(RunningService service, String version, String field, String metadata) {
    return service
        .call(
            "POST",
            "/api/v1/resource-types",
            """
            {"name":"Disk","version":"%s","metadata":%s,"schema":{"type":"object","required":["%s"],
             "additionalProperties":false,"properties":{"%s":{"type":"integer"}}}}
            """
                .formatted(version, metadata, field, field))
        .json()
        .path("id")
        .asLong();
  }

  private static boolean ready(RunningService service, String path, int size) {
    JsonNode resource = service.call("GET", path, null).json();
    return resource.path("status").asString("").equals("ready")
        && resource.path("spec").path("size").asInt() == size;
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
