// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BulkRunTest {

  private static final int AT_ONCE = 4;

  private final BulkRun run = new BulkRun(AT_ONCE);

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void asManyAsMayBeAreAtWorkAndEachHasItsOwnResult() {
    CyclicBarrier together = new CyclicBarrier(AT_ONCE);
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> results =
        run.all(
            numbers(5 * AT_ONCE),
            each -> each,
            each -> {
              most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
              meet(together);
              atWork.decrementAndGet();
              return "result " + each;
            });
    assertThat(results)
        .isEqualTo(numbers(5 * AT_ONCE).stream().map(each -> "result " + each).toList());
    assertThat(most).hasValue(AT_ONCE);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thoseThatAreAboutTheSameFollowEachOther() {
    Map<Integer, List<Integer>> seen = new ConcurrentHashMap<>();
    Map<Integer, AtomicInteger> atWork = new ConcurrentHashMap<>();
    run.all(
        numbers(300),
        each -> each % 7,
        each -> {
          AtomicInteger own = atWork.computeIfAbsent(each % 7, _ -> new AtomicInteger());
          assertThat(own.incrementAndGet()).isEqualTo(1);
          seen.computeIfAbsent(each % 7, _ -> new CopyOnWriteArrayList<>()).add(each);
          own.decrementAndGet();
          return each;
        });
    for (int key = 0; key < 7; key++) {
      int expected = key;
      assertThat(seen.get(key))
          .isEqualTo(numbers(300).stream().filter(each -> each % 7 == expected).toList());
    }
  }

  @Test
  void whatTheWorkThrowsEndsIt() {
    List<Integer> begun = new CopyOnWriteArrayList<>();
    assertThatThrownBy(
            () ->
                new BulkRun(1)
                    .all(
                        numbers(100),
                        each -> each,
                        each -> {
                          begun.add(each);
                          if (each == 3) {
                            throw new IllegalArgumentException("three");
                          }
                          return each;
                        }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("three");
    assertThat(begun).containsExactly(0, 1, 2, 3);
  }

  @Test
  void nothingIsDoneForNobody() {
    assertThat(run.all(List.<Integer>of(), each -> each, each -> each)).isEmpty();
  }
}
