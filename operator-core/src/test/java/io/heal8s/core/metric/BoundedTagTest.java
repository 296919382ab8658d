// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class BoundedTagTest {

  @Test
  void firstValuesKeepTheirNameAndTheRestIsOther() {
    BoundedTag tag = new BoundedTag(2);

    assertThat(tag.of("a")).isEqualTo("a");
    assertThat(tag.of("b")).isEqualTo("b");
    assertThat(tag.of("c")).isEqualTo("other");
    assertThat(tag.of("a")).as("because it was known before").isEqualTo("a");
  }

  @Test
  void missingAndHugeValuesTakeNoPlace() {
    BoundedTag tag = new BoundedTag(1);

    assertThat(tag.of(null)).isEqualTo("none");
    assertThat(tag.of("  ")).isEqualTo("none");
    assertThat(tag.of("x".repeat(101))).isEqualTo("other");
    assertThat(tag.of("x".repeat(100))).hasSize(100);
  }

  @Test
  void manyThreadsShareTheBound() throws Exception {
    BoundedTag tag = new BoundedTag(50);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int thread = 0; thread < 8; thread++) {
        threads.submit(
            () -> {
              start.await();
              for (int value = 0; value < 1000; value++) {
                seen.add(tag.of("v" + value));
              }
              return null;
            });
      }
      start.countDown();
    }
    assertThat(seen).contains("other").hasSizeBetween(44, 51);
    assertThat(tag.of("w")).as("because the bound was reached").isEqualTo("other");
  }

  @Test
  void limitBelowOneIsABug() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BoundedTag(0));
  }
}
