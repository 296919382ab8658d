// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import static io.heal8s.core.observe.Things.key;
import static io.heal8s.core.observe.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.runtime.ManualScheduler;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnWritesTest {

  private final ManualScheduler time = new ManualScheduler();
  private final Cache<V1ConfigMap> cache = new Cache<>(Things.TYPE, Map.of());
  private final OwnWrites writes = new OwnWrites(cache, time);

  @BeforeEach
  void fill() {
    cache.replace(List.of(thing("a", 5, "x"), thing("b", 6, "x")), Set.of(), "9");
  }

  @Test
  void keyIsHeldBackUntilTheCacheShowsTheWrite() {
    assertThat(writes.behind(key("a"))).isFalse();
    writes.wrote(key("a"), "10");
    assertThat(writes.behind(key("a"))).isTrue();
    assertThat(writes.behind(key("b"))).as("because only a was written").isFalse();

    cache.put(thing("a", 10, "y"), "10");
    assertThat(writes.behind(key("a"))).isFalse();
  }

  @Test
  void laterVersionShowsTheWriteToo() {
    writes.wrote(key("a"), "10");
    cache.put(thing("a", 12, "z"), "12");

    assertThat(writes.behind(key("a"))).isFalse();
  }

  @Test
  void objectDeletedRightAfterTheWriteIsNotWaitedForForEver() {
    writes.wrote(key("a"), "10");
    cache.remove(key("a"), "11");

    assertThat(writes.behind(key("a"))).isFalse();
  }

  @Test
  void bookmarkBehindTheWriteShowsIt() {
    writes.wrote(key("a"), "10");
    cache.seen("40");

    assertThat(writes.behind(key("a"))).isFalse();
  }

  @Test
  void hangingWatchHoldsAKeyBackForAMinuteAtMost() {
    writes.wrote(key("a"), "10");
    time.advance(Duration.ofSeconds(60));
    assertThat(writes.behind(key("a"))).isTrue();
    time.advance(Duration.ofSeconds(1));
    assertThat(writes.behind(key("a"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 9, true",
    "9, 10, false",
    "100, 99, true",
    "99999999999999999999998, 99999999999999999999999, false",
    "7, 7, true",
    "abc, abc, true",
    "abc, abd, false",
    "10, 0x9, false"
  })
  void versionsAreComparedAsNumbers(String seen, String written, boolean includes) {
    assertThat(ResourceVersions.includes(seen, written)).isEqualTo(includes);
  }
}
