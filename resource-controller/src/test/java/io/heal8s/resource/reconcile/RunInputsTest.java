// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of a run that is looked at again and again. */
@ExtendWith(PostgresExtension.class)
class RunInputsTest {

  private EngineFixture fixture;
  private JdbcClient client;

  @BeforeEach
  void open(Database database) {
    fixture = new EngineFixture(database);
    client = JdbcClient.create(database.pool());
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  /** Each piece with the transaction that wrote it. */
  private List<@Nullable String> pieces() {
    String table =
        client
            .sql("SELECT reltoastrelid::regclass FROM pg_class WHERE relname = 'reconcile_work'")
            .query(String.class)
            .single();
    return client
        .sql("SELECT chunk_id || ' ' || chunk_seq || ' ' || xmin FROM " + table + " ORDER BY 1")
        .query(String.class)
        .list();
  }

  /** So mixed that PostgreSQL does not make it small. */
  private static NewResource large(String plugin) {
    byte[] bytes = new byte[50_000];
    new Random(1).nextBytes(bytes);
    return new NewResource(
        "large",
        "Thing",
        "v1",
        plugin,
        Samples.json("{\"text\": \"" + HexFormat.of().formatHex(bytes) + "\"}"),
        Samples.json("{}"),
        Samples.json("{}"),
        List.of(plugin),
        Approval.AUTOMATIC);
  }

  @Test
  void aPollDoesNotWriteWhatTheRunIsAboutOnceMore() {
    AtomicBoolean ended = new AtomicBoolean();
    InstantPlugin slow =
        new InstantPlugin("slow", Capability.WRITE_AHEAD)
            .onApply(_ -> stillRunning())
            .onPoll((_, _) -> ended.get() ? InstantPlugin.done() : stillRunning());
    fixture.engine(EngineSettings.defaults(), slow);
    long id = fixture.create(large("slow"));
    await().until(() -> slow.count("poll") >= 1);
    List<@Nullable String> before = pieces();
    long polls = slow.count("poll");
    await().until(() -> slow.count("poll") >= polls + 3);

    assertThat(before).isNotEmpty();
    assertThat(pieces()).isEqualTo(before);
    ended.set(true);
    await().until(() -> fixture.find(id).observedGeneration() == 1);
    await()
        .until(
            () ->
                client
                    .sql("SELECT run IS NULL AND run_inputs IS NULL FROM reconcile_work")
                    .query(Boolean.class)
                    .single());
  }

  private static Step stillRunning() {
    return new Step.Running(Samples.json("{\"run\": 7}"), Duration.ofMillis(20), null);
  }
}
