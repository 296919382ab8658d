// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Snapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What only real threads can show: interrupts, stopping, and the race for places. */
class ControllerLoopThreadsTest {

  record Seen(String key) implements Snapshot {}

  record None() implements Intent {}

  private final ManualScheduler time = new ManualScheduler();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LoopEnvironment environment =
      new LoopEnvironment(
          time.clock(), time, threads, new Random(1), () -> "run-1", new SimpleMeterRegistry());

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void runBeyondItsTimeoutIsInterruptedAndItsKeyRunsAgain() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    ControllerLoop<String, Seen, None> loop =
        loop(
            (key, run) -> {
              if (runs.incrementAndGet() == 1) {
                entered.countDown();
                hang();
              }
              return new Observation.Absent<>();
            });
    loop.start();
    loop.add("a");
    entered.await();

    time.advance(Duration.ofMinutes(2).plusSeconds(1));
    Awaitility.await()
        .until(
            () -> {
              time.advance(Duration.ofSeconds(1));
              return runs.get() == 2;
            });
    assertThat(loop.stop(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void stopWaitsForTheRunThatIsUnderWay() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    ControllerLoop<String, Seen, None> loop =
        loop(
            (key, run) -> {
              entered.countDown();
              await(finish);
              ended.incrementAndGet();
              return new Observation.Absent<>();
            });
    loop.start();
    loop.add("a");
    entered.await();
    loop.add("b");
    threads.execute(finish::countDown);

    assertThat(loop.stop(Duration.ofSeconds(30))).isTrue();
    assertThat(ended).hasValueBetween(1, 2);
    loop.add("c");
    assertThat(loop.depth()).as("because a stopped loop takes nothing more").isZero();
  }

  @Test
  void stopInterruptsTheRunThatOutlivesTheGrace() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    ControllerLoop<String, Seen, None> loop =
        loop(
            (key, run) -> {
              entered.countDown();
              try {
                hang();
              } finally {
                interrupted.countDown();
              }
              return new Observation.Absent<>();
            });
    loop.start();
    loop.add("a");
    entered.await();

    assertThat(loop.stop(Duration.ZERO)).isTrue();
    interrupted.await();
  }

  @Test
  void logContextOfARunIsSetDuringItAndGoneAfterIt() throws Exception {
    ConcurrentHashMap<String, String> context = new ConcurrentHashMap<>();
    CountDownLatch ran = new CountDownLatch(1);
    ControllerLoop<String, Seen, None> loop =
        loop(
            (key, run) -> {
              context.putAll(MDC.getCopyOfContextMap());
              ran.countDown();
              return new Observation.Absent<>();
            });
    loop.start();
    loop.add("a");
    ran.await();
    loop.stop(Duration.ofSeconds(10));

    assertThat(context).containsEntry("controller", "threads").containsEntry("key", "a");
    assertThat(context).containsEntry("runId", "run-1");
    assertThat(MDC.get("runId")).isNull();
  }

  @Test
  void noKeyRunsTwiceAtOnceAndEveryKeyRunsUnderLoad() throws Exception {
    int keys = 50;
    ConcurrentHashMap<String, Integer> holders = new ConcurrentHashMap<>();
    ConcurrentHashMap<String, Integer> newest = new ConcurrentHashMap<>();
    ConcurrentHashMap<String, Integer> seen = new ConcurrentHashMap<>();
    AtomicInteger broken = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger active = new AtomicInteger();
    ControllerLoop<String, Seen, None> loop =
        loop(
            (key, run) -> {
              most.accumulateAndGet(active.incrementAndGet(), Math::max);
              if (holders.merge(key, 1, Integer::sum) != 1) {
                broken.incrementAndGet();
              }
              seen.put(key, newest.getOrDefault(key, 0));
              Thread.yield();
              holders.merge(key, -1, Integer::sum);
              active.decrementAndGet();
              return new Observation.Absent<>();
            });
    loop.start();
    try (ExecutorService producers = Executors.newFixedThreadPool(4)) {
      for (int producer = 0; producer < 4; producer++) {
        int seed = producer;
        producers.execute(
            () -> {
              Random random = new Random(seed);
              for (int i = 0; i < 5000; i++) {
                String key = "k" + random.nextInt(keys);
                newest.merge(key, 1, Integer::sum);
                loop.add(key);
              }
            });
      }
    }
    Awaitility.await().untilAsserted(() -> assertThat(seen).isEqualTo(newest));
    assertThat(broken).hasValue(0);
    assertThat(most.get()).as("because there are four places").isLessThanOrEqualTo(4);
    assertThat(loop.stop(Duration.ofSeconds(10))).isTrue();
  }

  private ControllerLoop<String, Seen, None> loop(Observer<String, Seen> observer) {
    return new ControllerLoop<>(
        LoopSettings.of("threads", 4).withInterval(null),
        environment,
        observer,
        (seen, now) -> Decision.nothing(Outcome.DONE),
        (intent, run) -> Outcome.DONE,
        Announcer.silent());
  }

  private static void hang() {
    await(new CountDownLatch(1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
