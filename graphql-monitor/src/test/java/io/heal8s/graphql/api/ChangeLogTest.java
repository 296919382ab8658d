// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.WireJson;
import io.heal8s.graphql.announce.AppNews;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.history.AppChange;
import io.heal8s.graphql.intent.Memory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

class ChangeLogTest {

  private static final int KEPT = 3;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final PlayedStore store = new PlayedStore();
  private final ChangeLog log =
      new ChangeLog(new TargetApps(List.of(store)), Clock.systemUTC(), KEPT, executor);

  @AfterEach
  void end() {
    log.close();
    executor.close();
  }

  /** Reads only what the test asks for. */
  private static final class Reader extends BaseSubscriber<ToldChange> {
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile @Nullable Throwable error;

    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    protected void hookOnNext(ToldChange change) {
      told.add(
          change.fields().isEmpty()
              ? change.name() + " " + change.kind()
              : change.name() + " " + change.fields().getFirst().after());
    }

    @Override
    protected void hookOnError(Throwable wrong) {
      error = wrong;
    }
  }

  private static TargetApp app(String name, String uid, String status) {
    TargetApp app = AppPageTest.app("team-a", name);
    app.getMetadata().setUid(uid);
    return new TargetApp(
        null, null, app.getMetadata(), null, WireJson.GSON.fromJson(status, TargetAppStatus.class));
  }

  private static final String KNOWN =
      "{\"state\":\"Monitoring\",\"digest\":\"d\",\"queryDigest\":\"q\",\"sequence\":1}";

  private static Memory counted(int count) {
    JsonObject state = new JsonObject();
    state.addProperty("count", count);
    return new Memory(state, "digest " + count, 0, null);
  }

  /** Its state is another, which is not worth a write. */
  private void noted(TargetApp app, int count) {
    ObjectKey key = ObjectKey.of(app.getMetadata());
    log.begins(key);
    log.ended(
        key,
        List.of(new AppNews.Happened(app, app, counted(count), counted(count + 1), Instant.EPOCH)));
  }

  private void changes(String name, int from, int to) {
    TargetApp app = app(name, "uid", KNOWN);
    if (store.get(ObjectKey.of(app.getMetadata())).isEmpty()) {
      store.put(app);
    }
    for (int i = from; i < to; i++) {
      noted(app, i);
    }
  }

  private List<String> kept(TargetApp app, int first) {
    return log.of(app, first).stream()
        .map(change -> String.valueOf(change.fields().getFirst().after()))
        .toList();
  }

  @Test
  void theLastOnesAreKeptAndNoMore() {
    changes("mine", 0, 10);
    assertThat(kept(app("mine", "uid", KNOWN), 20)).containsExactly("10", "9", "8");
    assertThat(kept(app("mine", "uid", KNOWN), 1)).containsExactly("10");
    assertThat(kept(app("mine", "another object of the name", KNOWN), 20)).isEmpty();
    store.remove(app("mine", "uid", KNOWN));
    assertThat(kept(app("mine", "uid", KNOWN), 20)).isEmpty();
    TargetApp gone = app("mine", "uid", KNOWN);
    noted(gone, 1);
    assertThat(kept(gone, 20)).as("what was under way does not bring it back").isEmpty();
  }

  @Test
  void allTogetherStayWithinTheBudgetAndWhoWasQuietLosesFirst() {
    ChangeRings rings = new ChangeRings(1000);
    List<AppChange.Field> fields =
        Collections.nCopies(20, new AppChange.Field("f", "x".repeat(256), "y".repeat(256)));
    AppChange large =
        new AppChange(AppChange.Kind.CHANGED, Instant.EPOCH, 1, fields, 0, null, null, List.of());
    for (String name : List.of("quiet", "busy")) {
      for (int i = 0; i < 1000; i++) {
        rings.add(ToldChange.of(app(name, "uid", KNOWN), large, true), () -> true);
      }
      rings.add(ToldChange.of(app("last", "uid", KNOWN), large, true), () -> true);
    }
    int quiet = rings.of(new ObjectKey("team-a", "quiet"), "uid", 1000).size();
    assertThat(rings.of(new ObjectKey("team-a", "busy"), "uid", 1000)).hasSize(1000);
    assertThat(rings.of(new ObjectKey("team-a", "last"), "uid", 1000)).hasSize(2);
    // A change has 20 fields of 513 characters here, and an overhead.
    assertThat((1002L + quiet) * 20 * 513).isBetween(ChangeRings.BUDGET / 2, ChangeRings.BUDGET);
  }

  @Test
  void whoComesAndWhoGoesIsTold() {
    Reader all = new Reader();
    log.changes(null, null).subscribe(all);
    all.request(Long.MAX_VALUE);
    store.put(app("mine", "one", KNOWN));
    store.put(app("mine", "another", KNOWN));
    store.remove(app("mine", "another", KNOWN));
    await().until(() -> all.told.size() == 4);
    assertThat(all.told)
        .containsExactly("mine ADDED", "mine DELETED", "mine ADDED", "mine DELETED");
  }

  @Test
  void ofAnAppThatAnotherReplicaPollsTheRecordedStatusTells() {
    String lost =
        "{\"state\":\"Failed\",\"digest\":\"d\",\"queryDigest\":\"q\",\"lastError\":\"gone\"}";
    TargetApp before = app("mine", "uid", KNOWN);
    TargetApp after = app("mine", "uid", lost);
    after.getMetadata().setResourceVersion("2");
    ObjectKey mine = ObjectKey.of(before.getMetadata());
    store.put(before);
    log.begins(mine);
    log.ended(
        mine,
        List.of(new AppNews.Happened(before, after, Memory.NONE, Memory.NONE, Instant.EPOCH)));
    store.put(after);
    store.put(app("theirs", "uid", KNOWN));
    store.put(app("theirs", "uid", lost));
    assertThat(log.of(app("mine", "uid", lost), 9))
        .as("it wrote that itself")
        .singleElement()
        .satisfies(told -> assertThat(told.polledHere()).isTrue());
    assertThat(log.of(app("theirs", "uid", lost), 9))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.message()).isEqualTo("gone");
              assertThat(told.polledHere()).isFalse();
            });
  }

  @Test
  void aSubscriberIsToldOfWhatItAskedFor() {
    store.put(app("other", "uid", KNOWN));
    store.put(app("mine", "uid", KNOWN));
    Reader all = new Reader();
    Reader one = new Reader();
    log.changes(null, null).subscribe(all);
    log.changes("team-a", "mine").subscribe(one);
    all.request(Long.MAX_VALUE);
    one.request(Long.MAX_VALUE);
    changes("other", 0, 1);
    changes("mine", 4, 6);
    await().until(() -> all.told.size() == 3);
    await().until(() -> one.told.size() == 2);
    assertThat(all.told).containsExactly("other 1", "mine 5", "mine 6");
    assertThat(one.told).containsExactly("mine 5", "mine 6");
    one.cancel();
    await().until(() -> log.subscribers() == 1);
  }

  /** Who tells never waits, and who reads too slowly knows that it missed something. */
  @Test
  void aSlowSubscriberIsEndedWithAnError() {
    store.put(app("mine", "uid", KNOWN));
    Reader slow = new Reader();
    Reader quick = new Reader();
    log.changes(null, null).subscribe(slow);
    log.changes(null, null).subscribe(quick);
    quick.request(Long.MAX_VALUE);
    int many = ChangeStream.MOST_WAITING + 100;
    for (int i = 0; i < many; i++) {
      changes("mine", i, i + 1);
      int told = i + 1;
      await().pollDelay(Duration.ZERO).until(() -> quick.told.size() == told);
    }
    assertThat(slow.told).isEmpty();
    slow.request(Long.MAX_VALUE);
    await().until(() -> slow.error != null);
    assertThat(slow.error).hasMessageContaining("reads more slowly");
    assertThat(slow.told).hasSizeBetween(ChangeStream.MOST_WAITING, many - 1).contains("mine 1");
    assertThat(quick.error).isNull();
    await().until(() -> log.subscribers() == 1);
  }

  @Test
  void thereIsAMostOfSubscribersAndAnEnd() {
    Reader last = new Reader();
    for (int i = 0; i < ChangeLog.MOST_SUBSCRIBERS; i++) {
      last = new Reader();
      log.changes(null, null).subscribe(last);
      last.request(1);
    }
    Reader another = new Reader();
    log.changes(null, null).subscribe(another);
    assertThat(another.error).hasMessageContaining("subscriptions already");
    assertThat(log.subscribers()).isEqualTo(ChangeLog.MOST_SUBSCRIBERS);
    log.close();
    Reader ended = last;
    await().until(() -> ended.error != null);
    assertThat(ended.error).hasMessageContaining("subscribe again");
    await().until(() -> log.subscribers() == 0);
  }
}
