// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import static io.heal8s.core.observe.Things.key;
import static io.heal8s.core.observe.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.ManualExecutor;
import io.heal8s.core.runtime.ManualScheduler;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReflectorTest {

  private static final ApiFailure GONE = new ApiFailure.Expired("too old");
  private static final ApiFailure AWAY = new ApiFailure.Transient(0, "refused", null);

  private final ManualScheduler time = new ManualScheduler();
  private final ManualExecutor executor = new ManualExecutor();
  private final Server server = new Server();
  private final Cache<V1ConfigMap> cache = new Cache<>(Things.TYPE, Map.of());
  private final List<SyncState> states = new ArrayList<>();
  private final Reflector<V1ConfigMap> reflector =
      new Reflector<>(server, cache, time, executor, new Random(3), states::add);

  /** A server that plays back what the test put on. */
  private static final class Server implements ListWatch<V1ConfigMap> {
    final Deque<Answer<Listed<V1ConfigMap>>> lists = new ArrayDeque<>();
    final Deque<Answer<Watching<V1ConfigMap>>> watches = new ArrayDeque<>();
    final List<String> asked = new ArrayList<>();

    void list(String version, V1ConfigMap... things) {
      lists.add(new Answer.Ok<>(new Listed<>(List.of(things), Map.of(), version)));
    }

    @SafeVarargs
    final Script watch(WatchEvent<V1ConfigMap>... events) {
      Script script = new Script(new ArrayDeque<>(List.of(events)));
      watches.add(new Answer.Ok<>(script));
      return script;
    }

    @Override
    public Answer<Listed<V1ConfigMap>> list() {
      asked.add("list");
      Answer<Listed<V1ConfigMap>> next = lists.poll();
      return next == null ? new Answer.Failed<>(AWAY) : next;
    }

    @Override
    public Answer<Watching<V1ConfigMap>> watch(String version) {
      asked.add("watch " + version);
      Answer<Watching<V1ConfigMap>> next = watches.poll();
      return next == null ? new Answer.Failed<>(AWAY) : next;
    }
  }

  private static final class Script implements ListWatch.Watching<V1ConfigMap> {
    final Deque<WatchEvent<V1ConfigMap>> events;
    boolean breaks;
    boolean closed;

    Script(Deque<WatchEvent<V1ConfigMap>> events) {
      this.events = events;
    }

    @Override
    public @Nullable WatchEvent<V1ConfigMap> next() throws IOException {
      WatchEvent<V1ConfigMap> event = events.poll();
      if (event == null && breaks) {
        throw new IOException("reset");
      }
      return event;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private void start() {
    reflector.start();
    executor.runAll();
  }

  /** Lets time pass in steps until the server was asked that many times. */
  private void until(int asked) {
    for (int i = 0; i < 10_000 && server.asked.size() < asked; i++) {
      time.advance(Duration.ofMillis(100));
      executor.runAll();
    }
    assertThat(server.asked).hasSizeGreaterThanOrEqualTo(asked);
  }

  @Test
  void listsThenWatchesAndGoesOnWhereTheWatchEnded() {
    server.list("10", thing("a", 5, "x"));
    server.watch(
        new WatchEvent.Put<>(thing("b", 11, "y"), "11"),
        new WatchEvent.Removed<>(key("a"), "12"),
        new WatchEvent.Bookmark<>("40"));
    server.watch();
    start();
    until(3);

    assertThat(cache.all()).extracting(Things::value).containsExactly("y");
    assertThat(server.asked.subList(0, 3)).containsExactly("list", "watch 10", "watch 40");
    assertThat(states).containsOnly(new SyncState.Synced());
  }

  @Test
  void brokenWatchGoesOnWithoutAnotherList() {
    server.list("10");
    Script broken = server.watch(new WatchEvent.Put<>(thing("b", 11, "y"), "11"));
    broken.breaks = true;
    server.watch();
    start();
    until(3);

    assertThat(server.asked.subList(0, 3)).containsExactly("list", "watch 10", "watch 11");
    assertThat(broken.closed).isTrue();
  }

  @Test
  void versionThatIsTooOldIsListedAgain() {
    server.list("10", thing("a", 5, "x"));
    server.watch(new WatchEvent.Failed<>(GONE));
    server.list("90", thing("c", 80, "z"));
    server.watch();
    start();
    until(4);

    assertThat(server.asked.subList(0, 4)).containsExactly("list", "watch 10", "list", "watch 90");
    assertThat(cache.all()).extracting(Things::value).containsExactly("z");
  }

  @Test
  void serverThatIsAwayIsAskedWithGrowingPausesAndFoundAgain() {
    start();
    List<Duration> pauses = new ArrayList<>();
    for (int i = 2; i < 12; i++) {
      long before = time.nanos();
      until(i);
      pauses.add(Duration.ofNanos(time.nanos() - before));
    }
    assertThat(pauses.getFirst()).isLessThan(Duration.ofMillis(700));
    assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofSeconds(33)) < 0);
    assertThat(pauses.getLast()).isGreaterThan(Duration.ofSeconds(15));
    assertThat(states).containsOnly(new SyncState.Unreachable("refused", false));

    server.list("10");
    server.watch();
    until(server.asked.size() + 2);
    assertThat(states).contains(new SyncState.Synced());
  }

  @Test
  void serverThatGoesAwayLaterLeavesTheCacheUsable() {
    server.list("10", thing("a", 5, "x"));
    server.watch();
    start();
    until(5);

    assertThat(states.getLast()).isEqualTo(new SyncState.Unreachable("refused", true));
    assertThat(states.getLast().usable()).isTrue();
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void missingKindEmptiesTheCacheAndIsAskedForAgain() {
    server.list("10", thing("a", 5, "x"));
    server.watches.add(new Answer.Failed<>(new ApiFailure.NotFound("", "", "404")));
    server.list("1", thing("b", 1, "y"));
    server.watch();
    start();
    assertThat(states.getLast()).isEqualTo(new SyncState.Missing());
    assertThat(cache.size()).isZero();

    until(4);
    assertThat(cache.all()).extracting(Things::value).containsExactly("y");
  }

  @Test
  void missingRightIsToldAsSuch() {
    server.lists.add(new Answer.Failed<>(new ApiFailure.Forbidden(403, "cannot list")));
    start();

    assertThat(states).containsExactly(new SyncState.Forbidden("cannot list"));
    assertThat(states.getLast().usable()).isFalse();
  }

  @Test
  void throttlingServerIsLeftAloneForAsLongAsItAsks() {
    server.lists.add(new Answer.Failed<>(new ApiFailure.Throttled(Duration.ofSeconds(20), "busy")));
    start();
    time.advance(Duration.ofSeconds(19));
    executor.runAll();
    assertThat(server.asked).hasSize(1);
    time.advance(Duration.ofSeconds(2));
    executor.runAll();
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void serverThatEndsEveryWatchAtOnceIsNotAskedAsFastAsItAnswers() {
    server.list("10");
    for (int i = 0; i < 1000; i++) {
      server.watch();
    }
    start();
    time.advance(Duration.ofSeconds(60));
    executor.runAll();
    for (int second = 0; second < 60; second++) {
      time.advance(Duration.ofSeconds(1));
      executor.runAll();
    }

    assertThat(server.asked).hasSizeLessThan(30);
  }

  @Test
  void objectThatCannotBeReadCostsOnlyItself() {
    server.lists.add(
        new Answer.Ok<>(
            new ListWatch.Listed<>(
                List.of(thing("a", 5, "x")), Map.of(new ObjectKey("ns", "bad"), "why"), "10")));
    server.watch(
        new WatchEvent.Unreadable<>(key("a"), "why", "11"),
        new WatchEvent.Put<>(thing("b", 12, "y"), "12"));
    start();

    assertThat(cache.all()).extracting(Things::value).containsExactlyInAnyOrder("x", "y");
    assertThat(cache.resourceVersion()).isEqualTo("12");
  }

  @Test
  void bugInTheSourceIsSurvived() {
    server.lists.add(
        new Answer.Ok<>(new ListWatch.Listed<>(List.of(new V1ConfigMap()), Map.of(), "1")));
    server.list("10", thing("a", 5, "x"));
    server.watch();
    start();
    until(3);

    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void stoppedReflectorClosesItsWatchAndAsksNothingMore() {
    server.list("10");
    Script script = server.watch();
    script.events.add(new WatchEvent.Bookmark<>("11"));
    start();
    reflector.stop();
    int asked = server.asked.size();
    time.advance(Duration.ofHours(1));
    executor.runAll();

    assertThat(server.asked).hasSize(asked);
    assertThat(script.closed).isTrue();
  }
}
