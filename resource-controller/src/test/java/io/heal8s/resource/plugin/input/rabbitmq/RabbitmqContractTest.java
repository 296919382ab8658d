// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.contract.InputPluginContract;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.RealSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RabbitmqContractTest extends InputPluginContract {

  private @Nullable RealRabbit rabbit;
  private @Nullable Connection connection;
  private @Nullable Channel channel;
  private String queue = "";

  @BeforeAll
  void startServer() throws Exception {
    try {
      rabbit = RealRabbit.start();
      connection = rabbit.connect();
    } catch (IOException e) {
      Assumptions.abort("skipped: there is no RabbitMQ here, " + e.getMessage());
    }
  }

  @AfterAll
  void stopServer() throws Exception {
    if (connection != null) {
      connection.close();
    }
    if (rabbit != null) {
      rabbit.close();
    }
  }

  @BeforeEach
  void makeQueue() throws Exception {
    queue = "wanted-" + UUID.randomUUID();
    channel = Objects.requireNonNull(connection).createChannel();
    channel().queueDeclare(queue, true, false, false, Map.of());
  }

  @AfterEach
  void removeQueues() throws Exception {
    channel().queueDelete(queue);
    channel().queueDelete(queue + ".refused");
    channel().close();
  }

  private Channel channel() {
    return Objects.requireNonNull(channel);
  }

  @Override
  protected InputPlugin plugin() {
    return new RabbitmqInput();
  }

  @Override
  protected PluginEnvironment environment() {
    return GivenEnvironment.of(
        Map.of("uri", Objects.requireNonNull(rabbit).uri(), "queue", queue, "interval", "0.2"));
  }

  @Override
  protected void want(String name, int size) {
    publish(
        """
        {"event_type":"updated","name":"%s","resource_type_name":"Database",
         "resource_type_version":"v1","action_plugin":"instant","spec":{"size":%d}}
        """
            .formatted(name, size));
  }

  @Override
  protected void babble() {
    publish("what?");
  }

  @Override
  protected boolean unwant(String name) {
    publish(
        """
        {"event_type":"deleted","name":"%s","resource_type_name":"Database",
         "resource_type_version":"v1"}
        """
            .formatted(name));
    return true;
  }

  private void publish(String text) {
    try {
      channel()
          .basicPublish(
              "", queue, MessageProperties.PERSISTENT_BASIC, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RabbitmqInput begun(RealSink sink) {
    RabbitmqInput plugin = new RabbitmqInput();
    plugin.open(environment());
    plugin.start(sink.of("rabbitmq"));
    return plugin;
  }

  @Test
  void whatCanNeverBeStoredIsKeptWithTheReason(Database database) throws Exception {
    try (RealSink sink = new RealSink(database);
        RabbitmqInput plugin = begun(sink)) {
      publish("{\"event_type\":\"moved\"}");
      want("a", 1);
      await().until(() -> sink.sizes().containsKey("a"));
      GetResponse kept = channel().basicGet(queue + ".refused", true);
      assertThat(kept.getBody()).asString().isEqualTo("{\"event_type\":\"moved\"}");
      assertThat(kept.getProps().getHeaders().get("heal8s-problem"))
          .hasToString("event_type must be created, updated or deleted");
      assertThat(plugin.health().healthy()).isTrue();
      assertThat(channel().messageCount(queue)).isZero();
    }
  }

  @Test
  void aMessageThatIsNotStoredWhenTheProcessEndsStaysInTheQueue(Database database)
      throws Exception {
    try (RealSink sink = new RealSink(database)) {
      try (RabbitmqInput plugin = new RabbitmqInput()) {
        plugin.open(environment());
        database.close();
        plugin.start(sink.of("rabbitmq"));
        want("a", 1);
        await().until(() -> !plugin.health().healthy());
      }
      await().until(() -> channel().messageCount(queue) == 1);
    }
  }

  @Test
  void aQueueThatWasDeletedIsMadeAgain(Database database) throws Exception {
    try (RealSink sink = new RealSink(database);
        RabbitmqInput plugin = begun(sink)) {
      want("a", 1);
      await().until(() -> sink.sizes().containsKey("a"));
      channel().queueDelete(queue);
      await().until(() -> channelSees(queue));
      want("b", 2);
      await().until(() -> sink.sizes().containsKey("b"));
      assertThat(plugin.info().name()).isEqualTo("rabbitmq");
    }
  }

  private boolean channelSees(String name) throws Exception {
    Channel probe = Objects.requireNonNull(connection).createChannel();
    try {
      probe.queueDeclarePassive(name);
      probe.close();
      return true;
    } catch (IOException missing) {
      return false;
    }
  }
}
