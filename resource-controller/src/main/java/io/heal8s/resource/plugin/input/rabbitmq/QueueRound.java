// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.InputSink.Receipt;
import io.heal8s.resource.plugin.input.document.Message;
import io.heal8s.resource.plugin.input.document.Rounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a consumer at the queue; one thread makes the rounds, the client's delivers. */
final class QueueRound implements Rounds.Round {

  private static final Logger log = LoggerFactory.getLogger(QueueRound.class);
  private static final int PREFETCH = 20;
  private static final long LONGEST_PAUSE = 30_000;
  private static final long CONFIRM = 10_000;
  private static final int LONGEST_CLOSE = 1_000;

  private final QueueSettings settings;
  private final InputSink sink;
  private final CountDownLatch closing = new CountDownLatch(1);

  private volatile @Nullable Channel consuming;
  private volatile boolean returned;
  private volatile @Nullable String waitingFor;

  QueueRound(QueueSettings settings, InputSink sink) {
    this.settings = settings;
    this.sink = sink;
  }

  @Override
  public List<String> once() {
    Channel now = consuming;
    try {
      if (now == null || !now.isOpen()) {
        if (now != null) {
          now.getConnection().abort(LONGEST_CLOSE);
        }
        consuming = consumer();
      }
      String problem = waitingFor;
      return problem == null ? List.of() : List.of(settings.shown() + ": " + problem);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      return List.of(settings.shown() + " cannot be read: " + reason(e));
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getMessage() == null && e.getCause() != null ? e.getCause() : e;
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private Channel consumer() throws IOException, TimeoutException {
    Connection opened = settings.factory().newConnection("heal8s-resource-controller");
    try {
      declare(opened, settings.queue(), Map.of("x-single-active-consumer", true));
      declare(opened, settings.refused(), Map.of());
      Channel channel = opened.createChannel();
      channel.confirmSelect();
      channel.basicQos(PREFETCH);
      channel.addReturnListener(_ -> returned = true);
      // Where the queue is deleted the channel ends, and the next round begins anew.
      channel.basicConsume(
          settings.queue(),
          false,
          (_, delivery) -> deliver(channel, delivery),
          _ -> channel.abort());
      return channel;
    } catch (IOException | RuntimeException e) {
      opened.abort();
      throw e;
    }
  }

  /** A queue that is there stays as its owner made it. */
  private static void declare(Connection connection, String queue, Map<String, Object> arguments)
      throws IOException, TimeoutException {
    Channel probe = connection.createChannel();
    try {
      probe.queueDeclarePassive(queue);
      probe.close();
    } catch (IOException missing) {
      // The server closed the channel with its answer.
      try (Channel channel = connection.createChannel()) {
        channel.queueDeclare(queue, true, false, false, new HashMap<>(arguments));
      }
    }
  }

  private void deliver(Channel channel, Delivery delivery) throws IOException {
    String text = new String(delivery.getBody(), StandardCharsets.UTF_8);
    long tag = delivery.getEnvelope().getDeliveryTag();
    long pause = 250;
    while (true) {
      switch (received(text)) {
        case Receipt.Accepted _ -> {
          waitingFor = null;
          channel.basicAck(tag, false);
          return;
        }
        case Receipt.Refused(String problem, _) -> {
          waitingFor = null;
          refuse(channel, delivery, problem);
          return;
        }
        case Receipt.TryAgain(String problem) -> {
          waitingFor = problem;
          if (!channel.isOpen() || isClosing(pause)) {
            // Not acknowledged, so it goes back to the queue with the connection.
            return;
          }
          pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
      }
    }
  }

  /** A bug must not lose a message. */
  private Receipt received(String text) {
    try {
      return Message.deliver(text, sink);
    } catch (RuntimeException e) {
      log.warn("input rabbitmq: a message could not be delivered", e);
      return new Receipt.TryAgain("a message could not be delivered: " + e.getMessage());
    }
  }

  private boolean isClosing(long millis) {
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** First it is safe in the other queue, then it leaves this one. */
  private void refuse(Channel channel, Delivery delivery, String problem) throws IOException {
    log.warn("input rabbitmq: a message went to {}: {}", settings.refused(), problem);
    Map<String, Object> headers = new HashMap<>();
    if (delivery.getProperties().getHeaders() != null) {
      headers.putAll(delivery.getProperties().getHeaders());
    }
    headers.put("heal8s-problem", problem);
    AMQP.BasicProperties properties =
        MessageProperties.PERSISTENT_BASIC
            .builder()
            .contentType(delivery.getProperties().getContentType())
            .messageId(delivery.getProperties().getMessageId())
            .headers(headers)
            .build();
    try {
      returned = false;
      channel.basicPublish("", settings.refused(), true, properties, delivery.getBody());
      channel.waitForConfirmsOrDie(CONFIRM);
      if (returned) {
        throw new IOException("there is no queue " + settings.refused());
      }
      channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      throw new IOException("the server does not confirm", e);
    }
  }

  /** Ends it; what was not acknowledged is delivered to somebody else. */
  void close() {
    closing.countDown();
    Channel now = consuming;
    if (now != null) {
      now.getConnection().abort(LONGEST_CLOSE);
    }
  }
}
