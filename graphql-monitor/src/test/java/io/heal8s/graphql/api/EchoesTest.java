// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.WireJson;
import io.heal8s.core.observe.Change;
import io.heal8s.graphql.announce.AppNews.Happened;
import io.heal8s.graphql.intent.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An app whose status is written by this process and by another one; each version is told once. */
class EchoesTest {

  private static final ObjectKey KEY = new ObjectKey("team-a", "shop");

  private final List<String> told = new ArrayList<>();
  private final Echoes echoes =
      new Echoes(
          new Echoes.Listener() {
            @Override
            public void did(Echoes.Own own) {
              told.add("did " + version(own.what().before()) + "-" + version(own.what().after()));
            }

            @Override
            public void saw(TargetAppStatus before, TargetApp after, @Nullable String digest) {
              told.add("saw " + before.digest() + "-" + version(after) + " knowing " + digest);
            }

            @Override
            public void came(TargetApp app) {
              told.add("came " + version(app));
            }

            @Override
            public void went(TargetApp app) {
              told.add("went " + version(app));
            }
          });

  private static String version(TargetApp app) {
    return String.valueOf(app.getMetadata().getResourceVersion());
  }

  /** The object in a version, whose status says which one it is. */
  private static TargetApp at(int version) {
    return at(version, "d" + version);
  }

  private static TargetApp at(int version, String digest) {
    TargetApp app = AppPageTest.app(KEY.namespace(), KEY.name());
    app.getMetadata().setResourceVersion(String.valueOf(version));
    return new TargetApp(
        null,
        null,
        app.getMetadata(),
        null,
        WireJson.GSON.fromJson("{\"digest\":\"" + digest + "\"}", TargetAppStatus.class));
  }

  private void watched(@Nullable TargetApp before, @Nullable TargetApp after) {
    echoes.watched(new Change<>(KEY, before, after, false));
  }

  private static Echoes.Own wrote(int before, int after) {
    return own(at(before), at(after), new Memory(null, "d" + after, 0, null));
  }

  private static Echoes.Own own(TargetApp before, TargetApp after, Memory is) {
    return new Echoes.Own(new Happened(before, after, Memory.NONE, is, Instant.EPOCH), null);
  }

  private void writes(Echoes.Own... what) {
    echoes.begins(KEY);
    echoes.ended(KEY, Arrays.asList(what));
  }

  @Test
  void theEchoOfAWriteIsNotTold() {
    writes(wrote(1, 2));
    watched(at(1), at(2));
    assertThat(told).containsExactly("did 1-2");
  }

  @Test
  void anEchoThatIsQuickerThanTheAnswerIsNotToldEither() {
    echoes.begins(KEY);
    watched(at(1), at(2));
    assertThat(told).isEmpty();
    echoes.ended(KEY, List.of(wrote(1, 2)));
    assertThat(told).containsExactly("did 1-2");
  }

  @Test
  void whatTheLastOwnerWroteIsToldBeforeWhatThisOneMakesOfIt() {
    echoes.begins(KEY);
    // The cache had it already when the decision was made.
    watched(at(1), at(2));
    watched(at(2), at(3));
    echoes.ended(KEY, List.of(wrote(2, 3)));
    assertThat(told).containsExactly("saw d1-2 knowing null", "did 2-3");
  }

  @Test
  void whatTheNextOwnerWritesIsToldAlthoughTheEchoIsStillToCome() {
    writes(wrote(1, 2));
    watched(at(1), at(2));
    watched(at(2), at(3));
    assertThat(told).containsExactly("did 1-2", "saw d2-3 knowing d2");
  }

  @Test
  void aListThatSkipsOurWriteTellsTheRestOnly() {
    writes(wrote(1, 2));
    watched(at(1), at(3));
    assertThat(told).containsExactly("did 1-2", "saw d2-3 knowing d2");
  }

  @Test
  void twoWritesOfOneDecisionAreTwo() {
    echoes.begins(KEY);
    watched(at(1), at(2));
    echoes.ended(KEY, List.of(wrote(1, 2), wrote(2, 3)));
    watched(at(2), at(3));
    assertThat(told).containsExactly("did 1-2", "did 2-3");
  }

  @Test
  void aWriteThatMayHaveArrivedIsToldByTheWatch() {
    echoes.begins(KEY);
    watched(at(1), at(2));
    // No answer came, so this process does not know that it was its own.
    echoes.ended(KEY, List.of());
    assertThat(told).containsExactly("saw d1-2 knowing null");
  }

  @Test
  void twoSessionsOfOneAppWaitForEachOther() {
    echoes.begins(KEY);
    echoes.begins(KEY);
    echoes.ended(KEY, List.of());
    watched(at(1), at(2));
    assertThat(told).isEmpty();
    echoes.ended(KEY, List.of(wrote(1, 2)));
    assertThat(told).containsExactly("did 1-2");
  }

  @Test
  void whatWasOnlyNotedIsRememberedUntilSomebodyElseWrites() {
    Memory noted = new Memory(null, "noted", 0, null);
    writes(own(at(1), at(1), noted));
    // A label.
    watched(at(1), at(2, "d1"));
    watched(at(2, "d1"), at(3, "noted"));
    watched(at(3, "noted"), at(4));
    assertThat(told)
        .containsExactly("did 1-1", "saw d1-3 knowing noted", "saw noted-4 knowing null");
  }

  @Test
  void whoComesAndGoesIsToldInOrder() {
    watched(null, at(1));
    echoes.begins(KEY);
    watched(at(1), at(2));
    watched(at(2), null);
    echoes.ended(KEY, List.of(wrote(1, 2)));
    TargetApp another = at(9);
    another.getMetadata().setUid("another");
    watched(null, at(8));
    watched(at(8), another);
    echoes.watched(new Change<>(new ObjectKey("team-a", "old"), null, at(5), true));
    assertThat(told).containsExactly("came 1", "did 1-2", "went 2", "came 8", "went 8", "came 9");
  }
}
