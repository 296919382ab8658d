// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static io.heal8s.resource.plugin.action.opentofu.PlayedProgram.WELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a program that does not behave; a shell script plays it. */
@ExtendWith(PostgresExtension.class)
class PlayedProgramTest {

  @TempDir Path folder;
  private Database database;
  private PlayedProgram played;
  private OpentofuPlugin plugin = new OpentofuPlugin();

  @BeforeEach
  void open(Database given) {
    database = given;
    played = new PlayedProgram(database, folder);
  }

  @AfterEach
  void close() {
    played.close();
  }

  private void play(String script, Map<String, String> more) {
    plugin = played.play(script, more);
  }

  @Test
  void outputsAreMaskedValueByValue() throws IOException {
    play(WELL, Map.of());
    assertThat(played.ended(played.begun()))
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
    assertThat(plugin.plan(played.good()))
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
    Step.Running running = (Step.Running) played.begun();
    await().until(() -> Files.exists(folder.resolve("begun")));
    plugin.cancel(played.good(), running.handle());
    assertThat(played.ended(running))
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
    assertThat(played.ended(played.begun()))
        .isInstanceOfSatisfying(
            Step.Unknown.class,
            unknown -> {
              String path = unknown.message().replaceAll(".*it is in ([^:]*):.*", "$1");
              assertThat(Path.of(path)).hasContent("state");
            });
    assertThat(plugin.destroy(played.good()))
        .as("what it made would be found by nobody any more")
        .isInstanceOf(Step.Unknown.class);
    assertThat(plugin.destroy(played.good())).as("a person was told").isInstanceOf(Step.Done.class);
  }

  @Test
  void whereTheDatabaseIsAwayTheRunGoesOn() throws IOException {
    play(WELL + "if [ \"$1\" = apply ]; then sleep 1; fi\n", Map.of());
    Step.Running running = (Step.Running) played.begun();
    database.close();
    assertThat(plugin.poll(played.good(), running.handle())).isInstanceOf(Step.Running.class);
    assertThat(plugin.recover(played.good())).isInstanceOf(Step.Running.class);
    assertThat(plugin.cancel(played.good(), running.handle())).isInstanceOf(Step.Running.class);
  }

  @Test
  void anEmptyModuleIsNoWishToRemoveEverything() throws IOException {
    Files.createDirectories(folder.resolve("modules/empty/sub"));
    Files.writeString(folder.resolve("modules/empty/sub/main.tf"), "");
    play(WELL, Map.of("modules", folder.resolve("modules").toString()));
    assertThat(plugin.plan(played.request("{\"opentofu\":{\"module\":\"empty\"}}")))
        .isInstanceOfSatisfying(
            PlanResult.Failed.class,
            failed -> assertThat(failed.message()).contains("there is nothing to run"));
  }

  @Test
  void graceMustEndBeforeTheLease() {
    assertThatThrownBy(() -> play(WELL, Map.of("lease", "6", "grace", "5")))
        .hasMessageContaining("grace of the plugin opentofu is '5'");
    assertThatThrownBy(() -> play(WELL, Map.of("resource_file", "true")))
        .hasMessageContaining("opentofu has no setting resource_file");
  }

  @Test
  void noOtherPlanThanTheOneThatWasApprovedIsApplied() throws IOException {
    play(WELL, Map.of());
    String approved = played.planned(played.good());
    // A process that lost its claim while it planned comes late.
    String late = played.planned(played.module("#"));
    assertThat(late).isNotEqualTo(approved);
    assertThat(plugin.apply(played.good().withPlan(approved)))
        .isInstanceOfSatisfying(
            Step.Failed.class, failed -> assertThat(failed.message()).contains("it is made anew"));
    assertThat(plugin.apply(played.good()))
        .as("without a plan nothing begins")
        .isInstanceOf(Step.Failed.class);
  }

  @Test
  void aPlanIsAppliedOnce() throws IOException {
    play(WELL, Map.of());
    String plan = played.planned(played.good());
    assertThat(played.ended(plugin.apply(played.good().withPlan(plan))))
        .isInstanceOf(Step.Done.class);
    assertThat(plugin.apply(played.good().withPlan(plan))).isInstanceOf(Step.Failed.class);
  }

  @Test
  void aPlanThatWaitsIsMadeAnewWhenWhatItWasMadeOfChanged() throws IOException {
    play(WELL, Map.of());
    PlanResult first = plugin.plan(played.good());
    assertThat(plugin.plan(played.good())).as("it is the same one").isEqualTo(first);
    assertThat(plugin.plan(played.module("#"))).isNotEqualTo(first);
    PlanResult second = plugin.plan(played.good());
    JdbcClient.create(database.pool())
        .sql("INSERT INTO program_states (resource_id, lineage, serial) VALUES (?, 'l', 3)")
        .param(played.resource())
        .update();
    assertThat(plugin.plan(played.good())).as("the state is another one").isNotEqualTo(second);
  }
}
