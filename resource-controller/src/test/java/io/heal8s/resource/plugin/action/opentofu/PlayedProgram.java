// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static org.awaitility.Awaitility.await;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.plugin.state.Credential;
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
import io.heal8s.resource.testing.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** The plugin with one resource and a shell script that plays the program. */
final class PlayedProgram implements AutoCloseable {

  /** A program that does as it should. */
  static final String WELL =
      """
      case "$1" in
        plan) echo plan > heal8s.plan; exit 2 ;;
        show) echo "something changes" ;;
        output) echo '{"a":{"sensitive":false,"value":{"authorization":true}}}' ;;
      esac
      """;

  private final Path folder;
  private final Wakeups wakeups;
  private final Workbench bench;
  private final long resource;
  private OpentofuPlugin plugin = new OpentofuPlugin();

  /**
   * @param folder of the script and whatever it makes
   */
  PlayedProgram(Database database, Path folder) {
    this.folder = folder;
    wakeups = new Wakeups(database);
    bench =
        new Workbench(
            new LoopbackStates(
                new JdbcStateStore(database),
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

  /** A script that can be run. */
  static Path script(Path folder, String text) {
    try {
      Path program = folder.resolve("program");
      Files.writeString(program, "#!/bin/sh\n" + text);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the plugin; the settings are laid over those of every test. */
  OpentofuPlugin play(String script, Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "binary",
                script(folder, script).toString(),
                "work_directory",
                folder.resolve("work").toString(),
                "lease",
                "60",
                "grace",
                "1"));
    settings.putAll(more);
    plugin = new OpentofuPlugin();
    plugin.open(environment(settings));
    return plugin;
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

  long resource() {
    return resource;
  }

  /** A request about the resource, of a type with that metadata. */
  ActionRequest request(String metadata) {
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

  /** One whose module is this text. */
  ActionRequest module(String text) {
    return request("{\"opentofu\":{\"files\":{\"main.tf\":\"" + text + "\"}}}");
  }

  ActionRequest good() {
    return module("");
  }

  String planned(ActionRequest request) {
    return ((PlanResult.Changes) plugin.plan(request)).output();
  }

  Step begun() {
    return plugin.apply(good().withPlan(planned(good())));
  }

  /** What came of it in the end. */
  Step ended(Step first) {
    Step.Running running = (Step.Running) first;
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> plugin.poll(good(), running.handle()), step -> !(step instanceof Step.Running));
  }

  @Override
  public void close() {
    plugin.close();
    wakeups.close();
  }
}
