// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.StateStore;
import io.heal8s.resource.plugin.state.Workbench;
import io.heal8s.resource.rest.LoopbackStates;
import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.JdbcProgramRuns;
import io.heal8s.resource.store.postgres.JdbcResourceStore;
import io.heal8s.resource.store.postgres.JdbcResourceTypeStore;
import io.heal8s.resource.store.postgres.JdbcSavedPlans;
import io.heal8s.resource.store.postgres.JdbcStateStore;
import io.heal8s.resource.store.postgres.Wakeups;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a program that does not behave; a shell script plays it. */
@ExtendWith(PostgresExtension.class)
class PlayedProgramTest {

  private static final String WELL =
      """
      case "$1" in
        plan) echo plan > heal8s.plan; exit 2 ;;
        show) echo "something changes" ;;
        output) echo '{"a":{"sensitive":false,"value":{"authorization":true}}}' ;;
      esac
      """;

  @TempDir Path folder;
  private Database database;
  private Wakeups wakeups;
  private Workbench bench;
  private StateStore states;
  private OpentofuPlugin plugin = new OpentofuPlugin();
  private long resource;

  @BeforeEach
  void open(Database given) {
    database = given;
    wakeups = new Wakeups(database);
    states = new JdbcStateStore(database);
    bench =
        new Workbench(
            new LoopbackStates(
                states,
                () -> URI.create("http://127.0.0.1:1"),
                () -> new Credential(UUID.randomUUID().toString(), "reader")),
            new JdbcSavedPlans(database),
            new JdbcProgramRuns(database));
    new JdbcResourceTypeStore(database).create(Samples.type("Thing"));
    CreateResult created =
        new JdbcResourceStore(database, wakeups, Clock.systemUTC())
            .create(Samples.resource("one", ""));
    resource = ((CreateResult.Created) created).resource().id();
  }

  @AfterEach
  void close() {
    plugin.close();
    wakeups.close();
  }

  private void play(String script, Map<String, String> more) throws IOException {
    Path program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "binary",
                program.toString(),
                "work_directory",
                folder.resolve("work").toString(),
                "lease",
                "6",
                "grace",
                "1"));
    settings.putAll(more);
    plugin = new OpentofuPlugin();
    plugin.open(environment(settings));
  }

  private PluginEnvironment environment(Map<String, String> settings) {
    GivenEnvironment given = GivenEnvironment.of(settings);
    return new PluginEnvironment() {
      @Override
      public Map<String, String> settings() {
        return given.settings();
      }

      @Override
      public Optional<String> secret(String reference) {
        return given.secret(reference);
      }

      @Override
      public Optional<Workbench> workbench() {
        return Optional.of(bench);
      }

      @Override
      public InstantSource time() {
        return given.time();
      }
    };
  }

  private ActionRequest request(String metadata) {
    return new ActionRequest(
        resource,
        "one",
        "Thing",
        "v1",
        1,
        Samples.json("{}"),
        Samples.json("{}"),
        Samples.json(metadata),
        Samples.json("{}"),
        resource + "-1-1");
  }

  private ActionRequest good() {
    return request("{\"opentofu\":{\"files\":{\"main.tf\":\"\"}}}");
  }

  private Step begun() {
    assertThat(plugin.plan(good())).isInstanceOf(PlanResult.Changes.class);
    return plugin.apply(good());
  }

  private Step ended(Step first) {
    Step.Running running = (Step.Running) first;
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> plugin.poll(good(), running.handle()), step -> !(step instanceof Step.Running));
  }

  @Test
  void outputsAreMaskedValueByValue() throws IOException {
    play(WELL, Map.of());
    assertThat(ended(begun()))
        .isInstanceOfSatisfying(
            Step.Done.class,
            done ->
                assertThat(done.outputs())
                    .as("a name that looks like a header's breaks no document")
                    .isEqualTo(Samples.json("{\"a\":{\"authorization\":true}}")));
  }

  @Test
  void aPlanThatTakesTooLongIsEndedThoughItDoesNotListen() throws IOException {
    play("trap '' INT; exec sleep 100", Map.of("timeout", "1"));
    assertThat(plugin.plan(good()))
        .isInstanceOfSatisfying(
            PlanResult.Failed.class,
            failed -> assertThat(failed.message()).contains("timed out after 1s"));
  }

  @Test
  void aRunThatIsCancelledIsKilledAfterItsGrace() throws IOException {
    play(
        WELL
            + "if [ \"$1\" = apply ]; then trap '' INT; touch '"
            + folder
            + "/begun'; sleep 100; fi\n",
        Map.of());
    Step.Running running = (Step.Running) begun();
    await().until(() -> Files.exists(folder.resolve("begun")));
    plugin.cancel(good(), running.handle());
    assertThat(ended(running))
        .isInstanceOfSatisfying(
            Step.Failed.class, failed -> assertThat(failed.message()).contains("cancelled"));
  }

  @Test
  void aStateThatCouldNotBeStoredIsKeptAndTheResourceHeld() throws IOException {
    play(
        WELL
            + """
            case "$1" in
              apply) echo state > errored.tfstate; exit 1 ;;
              state) exit 1 ;;
            esac
            """,
        Map.of());
    assertThat(ended(begun()))
        .isInstanceOfSatisfying(
            Step.Unknown.class,
            unknown -> {
              String path = unknown.message().replaceAll(".*it is in ([^:]*):.*", "$1");
              assertThat(Path.of(path)).hasContent("state");
            });
    assertThat(plugin.destroy(good()))
        .as("what it made would be found by nobody any more")
        .isInstanceOf(Step.Unknown.class);
    assertThat(plugin.destroy(good())).as("a person was told").isInstanceOf(Step.Done.class);
  }

  @Test
  void whereTheDatabaseIsAwayTheRunGoesOn() throws IOException {
    play(WELL + "if [ \"$1\" = apply ]; then sleep 1; fi\n", Map.of());
    Step.Running running = (Step.Running) begun();
    database.close();
    assertThat(plugin.poll(good(), running.handle())).isInstanceOf(Step.Running.class);
    assertThat(plugin.recover(good())).isInstanceOf(Step.Running.class);
    assertThat(plugin.cancel(good(), running.handle())).isInstanceOf(Step.Running.class);
  }

  @Test
  void anEmptyModuleIsNoWishToRemoveEverything() throws IOException {
    Files.createDirectories(folder.resolve("modules/empty/sub"));
    Files.writeString(folder.resolve("modules/empty/sub/main.tf"), "");
    play(WELL, Map.of("modules", folder.resolve("modules").toString()));
    assertThat(plugin.plan(request("{\"opentofu\":{\"module\":\"empty\"}}")))
        .isInstanceOfSatisfying(
            PlanResult.Failed.class,
            failed -> assertThat(failed.message()).contains("there is nothing to run"));
  }

  @Test
  void graceMustEndBeforeTheLease() {
    assertThatThrownBy(() -> play(WELL, Map.of("grace", "5")))
        .hasMessageContaining("grace of the plugin opentofu is '5'");
    assertThatThrownBy(() -> play(WELL, Map.of("resource_file", "true")))
        .hasMessageContaining("opentofu has no setting resource_file");
  }

  @Test
  void aPlanThatWaitsIsMadeAnewWhenWhatItWasMadeOfChanged() throws IOException {
    play(WELL, Map.of());
    PlanResult first = plugin.plan(good());
    assertThat(plugin.plan(good())).as("it is the same one").isEqualTo(first);
    assertThat(plugin.plan(request("{\"opentofu\":{\"files\":{\"main.tf\":\"#\"}}}")))
        .isNotEqualTo(first);
    PlanResult second = plugin.plan(good());
    JdbcClient.create(database.pool())
        .sql("INSERT INTO program_states (resource_id, lineage, serial) VALUES (?, 'l', 3)")
        .param(resource)
        .update();
    assertThat(plugin.plan(good())).as("the state is another one").isNotEqualTo(second);
  }
}
