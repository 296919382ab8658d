// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static org.awaitility.Awaitility.await;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.contract.ActionPluginContract;
import io.heal8s.resource.plugin.state.Workbench;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.store.ResourceTypeStore;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.RealTofu;
import io.heal8s.resource.testing.Samples;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PostgresExtension.class)
class OpentofuContractTest extends ActionPluginContract {

  private Path tofu;
  private RunningService service;
  private long resource;

  @BeforeAll
  void start(SharedPostgres postgres) {
    tofu = RealTofu.orSkip();
    service = RunningService.start(postgres.empty(2, 10), "ENABLED_ACTION_PLUGINS=test");
    service.bean(ResourceTypeStore.class).create(Samples.type("Thing"));
    // Nobody acts on it but the test.
    CreateResult created = service.bean(ResourceStore.class).create(Samples.resource("one", ""));
    resource = ((CreateResult.Created) created).resource().id();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Override
  protected PluginEnvironment environment() {
    Workbench bench = service.bean(Workbench.class);
    return new PluginEnvironment() {
      @Override
      public Map<String, String> settings() {
        return Map.of("binary", tofu.toString());
      }

      @Override
      public Optional<String> secret(String reference) {
        return Optional.empty();
      }

      @Override
      public Optional<Workbench> workbench() {
        return Optional.of(bench);
      }

      @Override
      public InstantSource time() {
        return Clock.systemUTC();
      }
    };
  }

  @Override
  protected ActionPlugin plugin() {
    return new OpentofuPlugin();
  }

  /** Until the run that is under way has ended. */
  @Override
  protected void pass() {
    JdbcClient client = JdbcClient.create(service.bean(Database.class).pool());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                client
                    .sql("SELECT count(*) FROM program_runs WHERE success IS NULL")
                    .query(Integer.class)
                    .single()
                    .equals(0));
  }

  @Override
  protected ActionRequest good() {
    return request(
        "{\"opentofu\":{\"files\":{\"main.tf\":"
            + "\"variable \\\"size\\\" {}\\nresource \\\"terraform_data\\\" \\\"it\\\" {\\n"
            + "  input = var.size\\n}\\n\"}}}");
  }

  @Override
  protected ActionRequest bad() {
    return request("{\"opentofu\":{}}");
  }

  private ActionRequest request(String metadata) {
    return new ActionRequest(
        resource,
        "one",
        "Thing",
        "v1",
        1,
        Samples.json("{\"size\":5}"),
        Samples.json("{}"),
        Samples.json(metadata),
        Samples.json("{}"),
        resource + "-1-1");
  }
}
