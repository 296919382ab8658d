// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static io.heal8s.core.runtime.Priority.BACKGROUND;
import static io.heal8s.core.runtime.Priority.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.metric.QueueMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

  private final ManualScheduler time = new ManualScheduler();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger rings = new AtomicInteger();
  private final WorkQueue<String> queue = newQueue();

  private <K> WorkQueue<K> newQueue() {
    return new WorkQueue<>(
        time, Duration.ofSeconds(5), new QueueMetrics(meters, "test"), rings::incrementAndGet);
  }

  @Test
  void keyIsHandedOutOnceHoweverOftenItWasAdded() {
    queue.add("a", NORMAL);
    queue.add("a", NORMAL);
    queue.add("a", BACKGROUND);

    assertThat(drain()).containsExactly("a");
    assertThat(meters.counter("workqueue.adds", "name", "test", "controller", "test").count())
        .as("because only the first add changed the queue")
        .isEqualTo(1);
  }

  @Test
  void keyAddedWhileItRunsComesBackOnceAfterIt() {
    queue.add("a", NORMAL);
    assertThat(queue.poll()).contains("a");

    queue.add("a", NORMAL);
    queue.add("a", NORMAL);
    assertThat(queue.poll()).as("because a key is never handed out twice at once").isEmpty();

    queue.done("a");
    assertThat(queue.poll()).contains("a");
    queue.done("a");
    assertThat(queue.poll()).as("because twice added is once more").isEmpty();
  }

  @Test
  void deadlineThatPassesDuringARunBringsTheKeyBackAfterIt() {
    queue.add("a", NORMAL);
    queue.poll();
    queue.addAfter("a", Duration.ofSeconds(1), NORMAL);
    time.advance(Duration.ofSeconds(2));

    assertThat(queue.poll()).isEmpty();
    queue.done("a");
    assertThat(queue.poll()).contains("a");
  }

  @Test
  void earliestOfSeveralDeadlinesCounts() {
    queue.addAfter("a", Duration.ofSeconds(60), NORMAL);
    queue.addAfter("a", Duration.ofSeconds(10), NORMAL);
    queue.addAfter("a", Duration.ofSeconds(30), NORMAL);

    time.advance(Duration.ofSeconds(9));
    assertThat(queue.poll()).isEmpty();
    time.advance(Duration.ofSeconds(1));
    assertThat(drain()).containsExactly("a");
    time.advance(Duration.ofSeconds(120));
    assertThat(drain()).as("because the later deadlines were merged into the first").isEmpty();
  }

  @Test
  void deadlineKeepsItsTimeWhenTheKeyRunsInBetween() {
    queue.addAfter("a", Duration.ofSeconds(10), NORMAL);
    queue.add("a", NORMAL);
    assertThat(drain()).containsExactly("a");

    time.advance(Duration.ofSeconds(10));
    assertThat(drain())
        .as("because a deadline that was asked for is never dropped")
        .containsExactly("a");
  }

  @Test
  void hundredThousandDelayedAddsInABurstAllArrive() {
    WorkQueue<Integer> big = newQueue();
    Random random = new Random(42);
    for (int key = 0; key < 100_000; key++) {
      big.addAfter(key, Duration.ofMillis(1 + random.nextInt(60_000)), NORMAL);
    }
    assertThat(big.delayed()).isEqualTo(100_000);
    assertThat(time.pending()).as("because one alarm is enough for all of them").isEqualTo(1);

    Set<Integer> arrived = new HashSet<>();
    for (int second = 0; second < 60; second++) {
      time.advance(Duration.ofSeconds(1));
      for (Optional<Integer> key = big.poll(); key.isPresent(); key = big.poll()) {
        assertThat(arrived.add(key.get())).isTrue();
        big.done(key.get());
      }
    }
    assertThat(arrived).hasSize(100_000);
  }

  @Test
  void hundredThousandDelayedAddsFromManyThreadsAllArriveOnRealTime() throws Exception {
    try (SystemScheduler real = new SystemScheduler();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      WorkQueue<Integer> big =
          new WorkQueue<>(real, Duration.ZERO, new QueueMetrics(meters, "real"), () -> {});
      CountDownLatch start = new CountDownLatch(1);
      for (int thread = 0; thread < 10; thread++) {
        int first = thread * 10_000;
        threads.execute(
            () -> {
              awaitQuietly(start);
              for (int key = first; key < first + 10_000; key++) {
                big.addAfter(key, Duration.ofMillis(1 + key % 200), NORMAL);
              }
            });
      }
      start.countDown();
      Set<Integer> arrived = new HashSet<>();
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(
              () -> {
                big.poll().ifPresent(arrived::add);
                for (Optional<Integer> key = big.poll(); key.isPresent(); key = big.poll()) {
                  arrived.add(key.get());
                }
                return arrived.size() == 100_000;
              });
    }
  }

  @Test
  void normalKeysOvertakeBackgroundKeysButOnlyForTheAgeingTime() {
    queue.add("old", BACKGROUND);
    time.advance(Duration.ofSeconds(4));
    queue.add("n1", NORMAL);
    time.advance(Duration.ofSeconds(2));
    queue.add("n2", NORMAL);

    assertThat(drain())
        .as("because n1 came within 5 s of the background key, n2 after that")
        .containsExactly("n1", "old", "n2");
  }

  @Test
  void backgroundKeyThatBecomesUrgentIsMovedNotDoubled() {
    queue.add("x", BACKGROUND);
    queue.add("y", BACKGROUND);
    queue.add("y", NORMAL);

    assertThat(drain()).containsExactly("y", "x");
  }

  @Test
  void delayThatIsZeroOrNegativeMeansNow() {
    queue.addAfter("a", Duration.ZERO, NORMAL);
    queue.addAfter("b", Duration.ofSeconds(-3), NORMAL);

    assertThat(drain()).containsExactly("a", "b");
  }

  @Test
  void delayBeyondTheRangeOfNanosecondsDoesNotOverflow() {
    queue.addAfter("never", Duration.ofDays(365_000_000), NORMAL);
    queue.addAfter("soon", Duration.ofSeconds(1), NORMAL);
    time.advance(Duration.ofSeconds(1));

    assertThat(drain()).containsExactly("soon");
    assertThat(queue.delayed()).isEqualTo(1);
  }

  @Test
  void ownerIsToldWhenAKeyBecomesReady() {
    queue.addAfter("a", Duration.ofSeconds(1), NORMAL);
    assertThat(rings).hasValue(0);
    time.advance(Duration.ofSeconds(1));
    assertThat(rings).hasValue(1);

    queue.poll();
    queue.add("a", NORMAL);
    rings.set(0);
    queue.done("a");
    assertThat(rings).as("because the key is ready again").hasValue(1);
  }

  @Test
  void closedQueueHandsOutNothingNewAndRingsNoMore() {
    queue.addAfter("a", Duration.ofSeconds(1), NORMAL);
    queue.close();
    queue.add("b", NORMAL);
    time.advance(Duration.ofSeconds(5));

    assertThat(rings).hasValue(0);
    assertThat(queue.depth()).isZero();
  }

  @Test
  void gaugesShowDepthAndRunningWork() {
    queue.add("a", NORMAL);
    queue.add("b", NORMAL);
    queue.poll();
    time.advance(Duration.ofSeconds(3));
    queue.poll();
    time.advance(Duration.ofSeconds(1));
    queue.add("c", NORMAL);

    assertThat(queue.depth()).isEqualTo(1);
    assertThat(queue.unfinishedNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
    assertThat(queue.longestRunningNanos()).isEqualTo(Duration.ofSeconds(4).toNanos());
  }

  /** Any mix of operations: every key that was added is handed out after its last add. */
  @Property(tries = 300)
  void nothingIsEverLost(@ForAll @Size(max = 80) List<@IntRange(max = 59) Integer> operations) {
    WorkQueue<Integer> any = newQueue();
    Set<Integer> owed = new HashSet<>();
    Set<Integer> working = new HashSet<>();
    for (int operation : operations) {
      int key = operation % 5;
      switch (operation / 10) {
        case 0 -> {
          any.add(key, NORMAL);
          owed.add(key);
        }
        case 1 -> {
          any.add(key, BACKGROUND);
          owed.add(key);
        }
        case 2, 3 -> {
          any.addAfter(key, Duration.ofSeconds(key), NORMAL);
          owed.add(key);
        }
        case 4 ->
            any.poll()
                .ifPresent(
                    taken -> {
                      assertThat(working.add(taken)).as("one key, one taker").isTrue();
                      owed.remove(taken);
                    });
        default -> {
          time.advance(Duration.ofMillis(700));
          if (working.remove(key)) {
            any.done(key);
          }
        }
      }
    }
    working.forEach(any::done);
    time.advance(Duration.ofSeconds(10));
    Set<Integer> drained = new HashSet<>();
    for (Optional<Integer> key = any.poll(); key.isPresent(); key = any.poll()) {
      drained.add(key.get());
      any.done(key.get());
    }
    assertThat(drained).containsAll(owed);
  }

  @Test
  void manyThreadsNeverHoldOneKeyAtTheSameTimeAndLoseNothing() throws Exception {
    int keys = 16;
    WorkQueue<Integer> shared = newQueue();
    AtomicIntegerArray holders = new AtomicIntegerArray(keys);
    AtomicInteger broken = new AtomicInteger();
    ConcurrentHashMap<Integer, Integer> newest = new ConcurrentHashMap<>();
    ConcurrentHashMap<Integer, Integer> seen = new ConcurrentHashMap<>();
    AtomicInteger adding = new AtomicInteger(4);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int producer = 0; producer < 4; producer++) {
        int seed = producer;
        threads.execute(
            () -> {
              Random random = new Random(seed);
              for (int i = 0; i < 20_000; i++) {
                int key = random.nextInt(keys);
                newest.merge(key, 1, Integer::sum);
                shared.add(key, random.nextBoolean() ? NORMAL : BACKGROUND);
              }
              adding.decrementAndGet();
            });
      }
      for (int consumer = 0; consumer < 4; consumer++) {
        threads.execute(
            () -> {
              while (adding.get() > 0 || shared.depth() > 0) {
                shared
                    .poll()
                    .ifPresentOrElse(
                        key -> {
                          if (holders.incrementAndGet(key) != 1) {
                            broken.incrementAndGet();
                          }
                          seen.put(key, newest.get(key));
                          holders.decrementAndGet(key);
                          shared.done(key);
                        },
                        Thread::onSpinWait);
              }
            });
      }
    }
    assertThat(broken).as("because a key has one taker at a time").hasValue(0);
    assertThat(seen).as("because the last add is always followed by a run").isEqualTo(newest);
  }

  private List<String> drain() {
    List<String> keys = new ArrayList<>();
    for (Optional<String> key = queue.poll(); key.isPresent(); key = queue.poll()) {
      keys.add(key.get());
      queue.done(key.get());
    }
    return keys;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
