// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.sqs;

import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.InputSink.Receipt;
import io.heal8s.resource.plugin.input.document.Rounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Asks for messages and delivers them in their order, on one thread. */
final class SqsRound implements Rounds.Round {

  private static final Logger log = LoggerFactory.getLogger(SqsRound.class);

  /** The most that the service allows for both. */
  private static final int MESSAGES = 10;

  private static final int WAIT_SECONDS = 20;
  private static final long GIVE_BACK_MILLIS = 1_000;
  private static final long FIRST_PAUSE = 250;
  private static final long LONGEST_PAUSE = 10_000;

  private final SqsSettings settings;
  private final SqsClient client;
  private final InputSink sink;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReentrantLock dealing = new ReentrantLock();
  private volatile @Nullable String waitingFor;
  private List<String> refused = List.of();
  private long refusedUntil = System.nanoTime();
  private boolean looked;

  SqsRound(SqsSettings settings, SqsClient client, InputSink sink) {
    this.settings = settings;
    this.client = client;
    this.sink = sink;
  }

  @Override
  public List<String> once() throws InterruptedException {
    if (closing.getCount() == 0) {
      // What was just given back would be hidden from others for a whole visibility.
      return List.of();
    }
    List<Message> messages;
    try {
      lookAtPolicy();
      messages =
          client
              .receiveMessage(
                  request ->
                      request
                          .queueUrl(settings.queueUrl().toString())
                          .maxNumberOfMessages(MESSAGES)
                          .waitTimeSeconds(WAIT_SECONDS)
                          .visibilityTimeout((int) settings.visibility().toSeconds()))
              .messages();
    } catch (SdkException e) {
      return isClosing(settings.interval().toMillis())
          ? List.of()
          : List.of(settings.queueUrl() + " cannot be read: " + e.getMessage());
    }
    dealing.lock();
    try {
      return lasting(delivered(messages));
    } finally {
      dealing.unlock();
    }
  }

  /** What was refused comes again only later, and is wrong until then, too. */
  private List<String> lasting(List<String> problems) {
    long now = System.nanoTime();
    if (!problems.isEmpty()) {
      refused = List.copyOf(problems);
      refusedUntil = now + 2 * settings.visibility().toNanos();
    }
    return now - refusedUntil < 0 ? refused : problems;
  }

  /** Without it a message that can never be stored comes back until it is too old. */
  private void lookAtPolicy() {
    if (looked) {
      return;
    }
    try {
      boolean has =
          client
              .getQueueAttributes(
                  request ->
                      request
                          .queueUrl(settings.queueUrl().toString())
                          .attributeNames(QueueAttributeName.REDRIVE_POLICY))
              .attributes()
              .containsKey(QueueAttributeName.REDRIVE_POLICY);
      looked = true;
      if (!has) {
        log.warn(
            "input sqs: {} has no redrive policy: what can never be stored comes again and again",
            settings.queueUrl());
      }
    } catch (SdkException e) {
      log.debug("input sqs: whether there is a redrive policy is not known", e);
    }
  }

  private List<String> delivered(List<Message> messages) {
    List<String> problems = new ArrayList<>();
    try (Held held = new Held(messages)) {
      for (Message message : messages) {
        Receipt receipt = received(message);
        held.dealtWith(message);
        switch (receipt) {
          case Receipt.Accepted _ -> delete(message);
          case Receipt.Refused(String problem, _) -> {
            String told =
                "message %s can never be stored and is left to the queue's redrive policy: %s"
                    .formatted(message.messageId(), problem);
            problems.add(told);
          }
          case Receipt.TryAgain(String _) -> {
            // Only when this process ends.
            held.giveBack(message);
            return problems;
          }
        }
      }
    }
    return problems;
  }

  /** Tries until it is known, or this process ends. */
  private Receipt received(Message message) {
    long pause = FIRST_PAUSE;
    while (true) {
      Receipt receipt = attempt(message);
      if (!(receipt instanceof Receipt.TryAgain(String problem))) {
        waitingFor = null;
        return receipt;
      }
      waitingFor = "message " + message.messageId() + " waits: " + problem;
      try {
        if (isClosing(pause)) {
          return receipt;
        }
      } catch (InterruptedException e) {
        return receipt;
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /** A bug must not lose a message. */
  private Receipt attempt(Message message) {
    try {
      return io.heal8s.resource.plugin.input.document.Message.deliver(message.body(), sink);
    } catch (RuntimeException e) {
      log.warn("input sqs: message {} could not be delivered", message.messageId(), e);
      return new Receipt.TryAgain("a message could not be delivered: " + e.getMessage());
    }
  }

  /** Not deleted, it comes again, which is harmless: it says how things shall be. */
  private void delete(Message message) {
    try {
      client.deleteMessage(
          request ->
              request
                  .queueUrl(settings.queueUrl().toString())
                  .receiptHandle(message.receiptHandle()));
    } catch (SdkException e) {
      log.info("input sqs: message {} is stored and will come again", message.messageId(), e);
    }
  }

  private boolean isClosing(long millis) throws InterruptedException {
    return closing.await(millis, TimeUnit.MILLISECONDS);
  }

  /** What it waits for; null when it does not. */
  @Nullable String waitingFor() {
    return waitingFor;
  }

  /** Asks it to come to an end, and lets it give back what waits before anybody interrupts it. */
  void stop() {
    closing.countDown();
    try {
      if (dealing.tryLock(GIVE_BACK_MILLIS, TimeUnit.MILLISECONDS)) {
        dealing.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void close() {
    client.close();
  }

  /**
   * What was received and not yet dealt with; nobody else shall see it meanwhile, however long one
   * delivery takes.
   */
  private final class Held implements AutoCloseable {

    private static final int EXTENSIONS = 3;

    private final List<Message> left;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread keeper;

    Held(List<Message> messages) {
      left = new CopyOnWriteArrayList<>(messages);
      keeper = Thread.ofVirtual().name("sqs-visibility").start(this::keep);
    }

    void dealtWith(Message message) {
      left.remove(message);
    }

    private void keep() {
      long pause = settings.visibility().toMillis() / EXTENSIONS;
      try {
        while (!over.await(pause, TimeUnit.MILLISECONDS)) {
          left.forEach(message -> setVisibility(message, settings.visibility()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Lets others see it, and what came after it, at once. */
    void giveBack(Message first) {
      // What interrupts us ends our waiting, and must not end this.
      boolean interrupted = Thread.interrupted();
      interrupted |= !ended();
      left.addFirst(first);
      for (Message message : left) {
        if (!setVisibility(message, Duration.ZERO)) {
          interrupted |= Thread.interrupted();
          setVisibility(message, Duration.ZERO);
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    /** An extension that is under way would take back what is given back. */
    private boolean ended() {
      over.countDown();
      try {
        keeper.join(GIVE_BACK_MILLIS);
        return true;
      } catch (InterruptedException e) {
        return false;
      }
    }

    @Override
    public void close() {
      over.countDown();
    }

    private boolean setVisibility(Message message, Duration visibility) {
      try {
        client.changeMessageVisibility(
            request ->
                request
                    .queueUrl(settings.queueUrl().toString())
                    .receiptHandle(message.receiptHandle())
                    .visibilityTimeout((int) visibility.toSeconds()));
        return true;
      } catch (SdkException e) {
        log.debug("input sqs: message {} may be seen by others", message.messageId(), e);
        return false;
      }
    }
  }
}
