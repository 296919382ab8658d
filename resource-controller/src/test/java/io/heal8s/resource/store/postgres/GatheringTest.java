// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.with;

import io.heal8s.resource.store.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Questions are numbers; some of them hold the work up or make it fail. */
@Timeout(30)
class GatheringTest {

  private static final int BAD = -1;
  private static final int FATAL = -2;
  private static final int AWAY = -3;
  private static final int BROKEN = -4;
  private static final Duration HELD_UP = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<List<Integer>> served = new CopyOnWriteArrayList<>();
  private final Map<Integer, CountDownLatch> held = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void letGo() {
    held.values().forEach(CountDownLatch::countDown);
    threads.close();
  }

  /** What is waited for comes at once. */
  private static ConditionFactory await() {
    return with().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
  }

  private List<String> answers(List<Integer> questions) {
    served.add(questions);
    for (int each : questions) {
      switch (each) {
        case BAD -> throw new IllegalStateException("bad");
        case FATAL -> throw new StackOverflowError("fatal");
        case AWAY ->
            throw new StoreUnavailableException(
                new CannotGetJdbcConnectionException("away", new SQLException("away")));
        case BROKEN ->
            throw new StoreUnavailableException(new DataAccessResourceFailureException("broken"));
        default -> awaitLetGo(each);
      }
    }
    return questions.stream().map(each -> "answer " + each).toList();
  }

  private void awaitLetGo(int question) {
    CountDownLatch latch = held.get(question);
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void hold(int question) {
    held.put(question, new CountDownLatch(1));
  }

  private void letGo(int question) {
    Objects.requireNonNull(held.get(question)).countDown();
  }

  private Gathering<Integer, String> gathering(int lanes, Duration patience) {
    return new Gathering<>(
        new Gathering.Limits(8, 1_000, lanes, HELD_UP, patience), each -> 1, this::answers);
  }

  private Future<String> ask(Gathering<Integer, String> gathering, int question) {
    return threads.submit(() -> gathering.ask(question));
  }

  /** Asks one that is held up, and when it is being served the others, which wait in this order. */
  private List<Future<String>> askBehind(
      Gathering<Integer, String> gathering, int first, int... others) {
    hold(first);
    List<Future<String>> results = new ArrayList<>();
    results.add(ask(gathering, first));
    await().until(() -> served.contains(List.of(first)));
    for (int each : others) {
      int before = gathering.waiting();
      results.add(ask(gathering, each));
      await().until(() -> gathering.waiting() == before + 1);
    }
    return results;
  }

  @Test
  void whoAsksAloneIsServedAlone() {
    assertThat(gathering(1, PATIENCE).ask(1)).isEqualTo("answer 1");
    assertThat(served).containsExactly(List.of(1));
  }

  @Test
  void whoeverCameMeanwhileIsServedTogetherAndGetsTheOwnAnswer() throws Exception {
    List<Future<String>> results =
        askBehind(gathering(1, PATIENCE), 100, IntStream.rangeClosed(1, 20).toArray());
    letGo(100);
    assertThat(results.getFirst().get()).isEqualTo("answer 100");
    for (int i = 1; i <= 20; i++) {
      assertThat(results.get(i).get()).isEqualTo("answer " + i);
    }
    assertThat(served)
        .containsExactly(
            List.of(100),
            List.of(1, 2, 3, 4, 5, 6, 7, 8),
            List.of(9, 10, 11, 12, 13, 14, 15, 16),
            List.of(17, 18, 19, 20));
  }

  @Test
  void aBatchIsNoLargerThanItMayBe() throws Exception {
    Gathering<Integer, String> gathering =
        new Gathering<>(
            new Gathering.Limits(8, 10, 1, HELD_UP, PATIENCE), Integer::longValue, this::answers);
    List<Future<String>> results = askBehind(gathering, 100, 3, 7, 1, 50, 4, 5);
    letGo(100);
    for (Future<String> each : results) {
      each.get();
    }
    assertThat(served)
        .containsExactly(List.of(100), List.of(3, 7), List.of(1), List.of(50), List.of(4, 5));
  }

  @Test
  void oneThatFailsTakesNobodyWithIt() throws Exception {
    List<Future<String>> results = askBehind(gathering(1, PATIENCE), 100, 1, 2, BAD, 3);
    letGo(100);
    assertThat(results.get(1).get()).isEqualTo("answer 1");
    assertThat(results.get(2).get()).isEqualTo("answer 2");
    assertThat(results.get(4).get()).isEqualTo("answer 3");
    assertThatThrownBy(results.get(3)::get)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("bad");
    assertThat(served)
        .startsWith(List.of(100), List.of(1, 2, BAD, 3))
        .endsWith(List.of(1), List.of(2), List.of(BAD), List.of(3));
  }

  @Test
  void anErrorIsTheAnswerOfAllItConcernsAndOfNobodyAfterwards() throws Exception {
    Gathering<Integer, String> gathering = gathering(1, PATIENCE);
    List<Future<String>> results = askBehind(gathering, 100, 1, FATAL, 2, 3, 4, 5, 6, 7, 8, 9);
    letGo(100);
    for (int i = 1; i <= 8; i++) {
      assertThatThrownBy(results.get(i)::get)
          .cause()
          .isInstanceOf(StackOverflowError.class)
          .hasMessage("fatal");
    }
    assertThat(results.get(9).get()).isEqualTo("answer 8");
    assertThat(results.get(10).get()).isEqualTo("answer 9");
    assertThat(gathering.ask(10)).isEqualTo("answer 10");
  }

  @Test
  void oneThatIsHeldUpHoldsNobodyElse() throws Exception {
    Gathering<Integer, String> gathering = gathering(2, PATIENCE);
    hold(100);
    Future<String> slow = ask(gathering, 100);
    await().until(() -> served.contains(List.of(100)));
    assertThat(gathering.ask(1)).isEqualTo("answer 1");
    assertThat(gathering.ask(2)).isEqualTo("answer 2");
    letGo(100);
    assertThat(slow.get()).isEqualTo("answer 100");
  }

  @Test
  void whileNothingIsHeldUpBatchesAreNotSplit() throws Exception {
    Gathering<Integer, String> gathering =
        new Gathering<>(
            new Gathering.Limits(8, 1_000, 4, PATIENCE, PATIENCE), each -> 1, this::answers);
    List<Future<String>> results = askBehind(gathering, 100, 1, 2, 3);
    letGo(100);
    for (Future<String> each : results) {
      each.get();
    }
    assertThat(served).containsExactly(List.of(100), List.of(1, 2, 3));
  }

  @Test
  void whoHasAnAnswerLeavesWhileTheNextAreServed() throws Exception {
    List<Future<String>> results =
        askBehind(gathering(1, PATIENCE), 100, IntStream.rangeClosed(1, 9).toArray());
    hold(9);
    letGo(100);
    for (int i = 0; i <= 8; i++) {
      results.get(i).get();
    }
    assertThat(results.get(9).isDone()).isFalse();
  }

  @Test
  void whereNoConnectionIsToBeHadWhoeverWaitsIsToldSoAtOnce() {
    Gathering<Integer, String> gathering = gathering(1, PATIENCE);
    List<Future<String>> results =
        askBehind(gathering, 100, AWAY, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    letGo(100);
    results.stream()
        .skip(1)
        .forEach(
            each ->
                assertThatThrownBy(each::get)
                    .cause()
                    .isInstanceOf(StoreUnavailableException.class));
    assertThat(served).as("the database was asked once").hasSize(2);
    assertThat(gathering.ask(17)).isEqualTo("answer 17");
  }

  @Test
  void aBrokenConnectionIsTheMisfortuneOfThoseWhoWereOnIt() throws Exception {
    List<Future<String>> results =
        askBehind(gathering(1, PATIENCE), 100, BROKEN, 1, 2, 3, 4, 5, 6, 7, 8);
    letGo(100);
    for (int i = 1; i <= 8; i++) {
      assertThatThrownBy(results.get(i)::get).cause().isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(results.get(9).get()).isEqualTo("answer 8");
    assertThat(served).as("nothing was tried again").hasSize(3);
  }

  @Test
  void whoGaveUpWaitingIsNotServedAfterwards() throws Exception {
    Gathering<Integer, String> gathering = gathering(1, Duration.ofMillis(100));
    hold(100);
    Future<String> slow = ask(gathering, 100);
    await().until(() -> served.contains(List.of(100)));
    assertThatThrownBy(() -> gathering.ask(1)).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(slow::get).cause().isInstanceOf(StoreUnavailableException.class);
    letGo(100);
    await()
        .ignoreException(StoreUnavailableException.class)
        .until(() -> gathering.ask(2).equals("answer 2"));
    assertThat(served).startsWith(List.of(100)).noneMatch(batch -> batch.contains(1));
  }
}
