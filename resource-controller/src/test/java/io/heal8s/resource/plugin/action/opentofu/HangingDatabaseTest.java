// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static io.heal8s.resource.plugin.action.opentofu.PlayedProgram.WELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.store.postgres.ConnectionSettings;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.Passage;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that neither answers nor refuses, as in a failover. */
@ExtendWith(PostgresExtension.class)
class HangingDatabaseTest {

  private static final Duration LEASE = Duration.ofSeconds(9);

  @TempDir Path folder;

  /** Says who it is and until when it lives, notes that it is interrupted, and does not end. */
  private String deaf() {
    return WELL
        + """
        if [ "$1" = apply ]; then
          trap 'echo interrupted > "%1$s/interrupted"' INT
          echo $$ > "%1$s/begun.new"; mv "%1$s/begun.new" "%1$s/begun"
          while :; do
            date +%%s.%%N > "%1$s/alive.new"; mv "%1$s/alive.new" "%1$s/alive"; sleep 0.1
          done
        fi
        """
            .formatted(folder);
  }

  @Test
  void aRunHasEndedBeforeAnotherProcessMayBeginOne(SharedPostgres postgres) throws Exception {
    ConnectionSettings real = postgres.empty(2, 10);
    try (Passage passage = new Passage(real.port());
        Database through = Database.open(passage.to(real));
        Database beside = Database.open(real);
        PlayedProgram played = new PlayedProgram(through, folder)) {
      played.play(deaf(), Map.of("lease", Long.toString(LEASE.toSeconds()), "grace", "2"));
      Step.Running running = (Step.Running) played.begun();
      await().until(() -> Files.exists(folder.resolve("begun")));
      long program = Long.parseLong(Files.readString(folder.resolve("begun")).strip());

      passage.block();

      await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> ProcessHandle.of(program).filter(ProcessHandle::isAlive).isEmpty());
      String last = Files.readString(folder.resolve("alive")).strip();
      assertThat(
              JdbcClient.create(beside.pool())
                  .sql(
                      """
                      SELECT alive_until > to_timestamp(:last) AND success IS NULL
                      FROM program_runs""")
                  .param("last", Double.valueOf(last))
                  .query(Boolean.class)
                  .single())
          .as("it counted as alive until after its end")
          .isTrue();
      assertThat(folder.resolve("interrupted")).as("it was asked first").exists();

      passage.unblock();

      assertThat(played.ended(running))
          .isInstanceOfSatisfying(
              Step.Failed.class,
              failed ->
                  assertThat(failed.message())
                      .containsAnyOf("the database did not answer", "the process ended"));
    }
  }
}
