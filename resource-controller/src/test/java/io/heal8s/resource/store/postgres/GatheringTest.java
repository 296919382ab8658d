// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private static final int BAD = -1;

  private final List<List<Integer>> served = new CopyOnWriteArrayList<>();

  private List<String> answers(List<Integer> questions) {
    if (questions.contains(BAD)) {
      throw new IllegalStateException("bad");
    }
    served.add(questions);
    return questions.stream().map(each -> "answer " + each).toList();
  }

  @Test
  void whoAsksAloneIsServedAlone() {
    assertThat(new Gathering<>(8, this::answers).ask(1)).isEqualTo("answer 1");
    assertThat(served).containsExactly(List.of(1));
  }

  @Test
  void whoeverCameMeanwhileIsServedTogetherAndGetsTheOwnAnswer() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Gathering<Integer, String> gathering =
        new Gathering<>(
            8,
            questions -> {
              if (questions.contains(0)) {
                await().until(() -> busy.getCount() == 0);
              }
              return answers(questions);
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> results = new ArrayList<>();
      results.add(threads.submit(() -> gathering.ask(0)));
      await().until(() -> results.getFirst().state() == Future.State.RUNNING);
      for (int i = 1; i <= 20; i++) {
        int number = i;
        results.add(
            threads.submit(
                () -> {
                  asked.incrementAndGet();
                  return gathering.ask(number);
                }));
      }
      await().until(() -> asked.get() == 20);
      busy.countDown();
      for (int i = 0; i <= 20; i++) {
        assertThat(results.get(i).get()).isEqualTo("answer " + i);
      }
    }
    assertThat(served).allMatch(batch -> batch.size() <= 8);
    assertThat(served.stream().flatMap(List::stream))
        .as("each once")
        .doesNotHaveDuplicates()
        .hasSize(21);
  }

  @Test
  void oneThatFailsTakesNobodyWithIt() throws Exception {
    Gathering<Integer, String> gathering = new Gathering<>(8, this::answers);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> good = new ArrayList<>();
      Future<String> bad = threads.submit(() -> gathering.ask(BAD));
      for (int i = 0; i < 10; i++) {
        int number = i;
        good.add(threads.submit(() -> gathering.ask(number)));
      }
      for (int i = 0; i < 10; i++) {
        assertThat(good.get(i).get()).isEqualTo("answer " + i);
      }
      assertThatThrownBy(bad::get).rootCause().hasMessage("bad");
    }
  }
}
