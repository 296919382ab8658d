// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.contract.InputPluginContract;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.RealSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqsContractTest extends InputPluginContract {

  @TempDir Path folder;
  private SqsStandIn sqs;

  @BeforeEach
  void start() throws IOException {
    sqs = new SqsStandIn();
    Files.writeString(
        folder.resolve("credentials"),
        "[default]\naws_access_key_id = test-key\naws_secret_access_key = test-secret\n");
  }

  @AfterEach
  void everyCallIsAsTheModelHasIt() {
    sqs.close();
    assertThat(sqs.problems()).isEmpty();
  }

  @Override
  protected InputPlugin plugin() {
    return new SqsInput();
  }

  @Override
  protected PluginEnvironment environment() {
    return GivenEnvironment.of(
        Map.of(
            "queueUrl", sqs.queueUrl(),
            "region", "eu-central-1",
            "credentialsFile", folder.resolve("credentials").toString(),
            "visibility", "1",
            "interval", "0.2"));
  }

  @Override
  protected void want(String name, int size) {
    sqs.send(
        """
        {"event_type":"updated","name":"%s","resource_type_name":"Database",
         "resource_type_version":"v1","action_plugin":"instant","spec":{"size":%d}}
        """
            .formatted(name, size));
  }

  @Override
  protected void babble() {
    sqs.send("what?");
  }

  @Override
  protected boolean unwant(String name) {
    sqs.send(
        """
        {"event_type":"deleted","name":"%s","resource_type_name":"Database",
         "resource_type_version":"v1"}
        """
            .formatted(name));
    return true;
  }

  private SqsInput begun(RealSink sink) {
    SqsInput plugin = new SqsInput();
    plugin.open(environment());
    plugin.start(sink.of("sqs"));
    return plugin;
  }

  @Test
  void whatCanNeverBeStoredIsLeftToTheRedrivePolicyAndWhatIsStoredIsDeleted(Database database)
      throws Exception {
    try (RealSink sink = new RealSink(database);
        SqsInput plugin = begun(sink)) {
      sqs.send("{\"event_type\":\"moved\"}");
      want("a", 1);
      await().until(() -> sink.sizes().containsKey("a"));
      await().until(() -> sqs.dead().equals(java.util.List.of("{\"event_type\":\"moved\"}")));
      await().until(() -> sqs.size() == 0);
      assertThat(sqs.count("DeleteMessage")).isEqualTo(1);
      assertThat(plugin.info().name()).isEqualTo("sqs");
    }
  }

  @Test
  void aMessageThatComesTwiceChangesNothing(Database database) throws Exception {
    try (RealSink sink = new RealSink(database);
        SqsInput plugin = begun(sink)) {
      sqs.loseDeletes(true);
      want("a", 1);
      await().until(() -> sqs.count("DeleteMessage") >= 2);
      sqs.loseDeletes(false);
      await().until(() -> sqs.size() == 0 || sqs.dead().size() == 1);
      assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
      assertThat(plugin.health().healthy()).isTrue();
    }
  }

  @Test
  void aMessageThatWaitsIsKeptFromOthersAndGivenBackAtTheEnd(Database database) throws Exception {
    try (RealSink sink = new RealSink(database)) {
      try (SqsInput plugin = new SqsInput()) {
        Map<String, String> settings = new HashMap<>(environment().settings());
        // Long enough that nobody sees it by chance on a busy machine.
        settings.put("visibility", "6");
        plugin.open(GivenEnvironment.of(settings));
        database.close();
        plugin.start(sink.of("sqs"));
        want("a", 1);
        await().until(() -> !plugin.health().healthy());
        assertThat(plugin.health().message()).contains("message m-1 waits");
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> sqs.count("ChangeMessageVisibility") >= 1);
        assertThat(sqs.visible()).as("nobody else sees it meanwhile").isZero();
        assertThat(sqs.count("ReceiveMessage")).isEqualTo(1);
      }
      await("it need not wait for the end of its visibility")
          .atMost(Duration.ofSeconds(2))
          .until(() -> sqs.visible() == 1);
    }
  }

  @Test
  void aDeliveryThatTakesLongIsKeptFromOthersToo(Database database) throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    try (RealSink sink = new RealSink(database);
        SqsInput plugin = new SqsInput()) {
      Map<String, String> settings = new HashMap<>(environment().settings());
      settings.put("visibility", "3");
      plugin.open(GivenEnvironment.of(settings));
      plugin.start(new Slow(sink.of("sqs"), answered));
      want("a", 1);
      // Each is for three seconds, and made every second: this is longer than one visibility.
      await().until(() -> sqs.count("ChangeMessageVisibility") >= 4);
      assertThat(sqs.visible()).isZero();
      answered.countDown();
      await().until(() -> sqs.size() == 0);
      assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
      assertThat(sqs.count("ReceiveMessage")).as("it came once").isLessThanOrEqualTo(2);
      assertThat(sqs.count("DeleteMessage")).isEqualTo(1);
    }
  }

  /** Takes its time with each. */
  private record Slow(InputSink behind, CountDownLatch answered) implements InputSink {
    @Override
    public Receipt apply(Wanted wanted) {
      try {
        answered.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return behind.apply(wanted);
    }

    @Override
    public Receipt delete(Key key, @Nullable String source) {
      return behind.delete(key, source);
    }

    @Override
    public Map<Key, String> gone(String source, Collection<Key> named) {
      return behind.gone(source, named);
    }

    @Override
    public Optional<State> state(Key key) {
      return behind.state(key);
    }

    @Override
    public boolean alone(String source, Runnable work) {
      return behind.alone(source, work);
    }
  }

  @Test
  void aWrongSettingIsNamed() {
    SqsInput plugin = new SqsInput();
    assertThatThrownBy(
            () -> plugin.open(GivenEnvironment.of(Map.of("queueUrl", "http://localhost/q"))))
        .hasMessageContaining("region of sqs");
    assertThatThrownBy(
            () ->
                plugin.open(
                    GivenEnvironment.of(
                        Map.of(
                            "queueUrl",
                            "https://sqs.eu-central-1.amazonaws.com/1/q",
                            "visibility",
                            "90000"))))
        .hasMessageContaining("visibility of sqs is '90000'");
  }
}
