// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an endpoint can do to the names of what it changed; the rules are the golden trials'. */
class StateDiffTest {

  private static final String LONG_KEY = "k".repeat(49_000);

  @Test
  void anObjectInWhichVeryMuchChangedIsOneField() {
    JsonObject before = state("app", numbered(StateDiff.MOST_IN_ONE + 1, 0));
    JsonObject after = state("app", numbered(StateDiff.MOST_IN_ONE + 1, 1));
    before.addProperty("health", "ok");
    after.addProperty("health", "bad");

    assertThat(paths(before, after)).containsExactly("app", "health");
  }

  @Test
  void whatElseChangedBesideItKeepsItsName() {
    JsonObject before = state("app", numbered(StateDiff.MOST_IN_ONE, 0));
    JsonObject after = state("app", numbered(StateDiff.MOST_IN_ONE, 1));

    assertThat(paths(before, after)).hasSize(StateDiff.MOST_IN_ONE).contains("app.f0");
  }

  @Test
  void anObjectWithAVeryLongPathInsideIsOneField() {
    JsonObject before = state("app", state(LONG_KEY, numbered(1, 0)));
    JsonObject after = state("app", state(LONG_KEY, numbered(1, 1)));

    assertThat(paths(before, after)).containsExactly("app");
  }

  @Test
  void aVeryLongKeyThatDidNotChangeIsNoReason() {
    JsonObject inside = state(LONG_KEY, numbered(1, 0));
    inside.addProperty("health", "ok");
    JsonObject now = state(LONG_KEY, numbered(1, 0));
    now.addProperty("health", "bad");

    assertThat(paths(state("app", inside), state("app", now))).containsExactly("app.health");
  }

  @Test
  void namesOfAHostileAnswerAreBounded() {
    JsonObject before = numbered(40_000, 0);
    JsonObject after = numbered(40_000, 1);
    for (int i = 0; i < 10; i++) {
      before = state(LONG_KEY, before);
      after = state(LONG_KEY, after);
    }

    assertThat(paths(state("app", before), state("app", after))).containsExactly("app");
  }

  @Test
  void veryManyChangedFieldsAreTheKeysOfTheTop() {
    JsonObject before = new JsonObject();
    JsonObject after = new JsonObject();
    for (int i = 0; i < 20; i++) {
      before.add("app" + i, numbered(600, 0));
      after.add("app" + i, numbered(600, 1));
    }

    assertThat(paths(before, after)).hasSize(20).allMatch(path -> path.startsWith("app"));
  }

  private static List<String> paths(JsonObject before, JsonObject after) {
    return StateDiff.between(before, after).stream().map(FieldChange::path).toList();
  }

  private static JsonObject state(String key, JsonObject value) {
    JsonObject state = new JsonObject();
    state.add(key, value);
    return state;
  }

  private static JsonObject numbered(int count, int value) {
    JsonObject object = new JsonObject();
    IntStream.range(0, count).forEach(i -> object.addProperty("f" + i, value));
    return object;
  }
}
