// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.kco.targetapp.Trigger;
import io.heal8s.core.decide.Announcement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recorded facts of the original, and where we differ, each line a case: two states, maybe a
 * trigger, and what follows. What a line does not name is not looked at.
 */
class TrialGoldenTest {
  private static final Path FOLDER = Path.of("src/test/golden/trial");
  private static final List<String> KEYS =
      List.of("because", "old", "new", "trigger", "changed", "initial", "fires", "events");

  private static final TriggerJudge JUDGE = new TriggerJudge();

  record Case(String file, JsonObject json) {
    @Override
    public String toString() {
      return file + ": " + json.get("because").getAsString();
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName()).replace(".jsonl", "");
        for (String line : Files.readAllLines(file)) {
          cases.add(new Case(name, JsonParser.parseString(line).getAsJsonObject()));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAsRecorded(Case one) {
    JsonObject json = one.json();
    assertThat(KEYS).containsAll(json.keySet());
    JsonObject old = json.get("old") instanceof JsonObject object ? object : null;

    Trial trial =
        Trial.of(JUDGE, "shop", old, json.getAsJsonObject("new"), trigger(json.get("trigger")));

    assertThat(actual(trial).entrySet()).containsAll(expected(json).entrySet());
  }

  @Test
  void everyConditionIsTried() throws IOException {
    assertThat(
            cases()
                .map(one -> trigger(one.json().get("trigger")))
                .filter(trigger -> trigger != null && trigger.condition() != null)
                .map(Trigger::condition))
        .contains(Trigger.Condition.values());
  }

  private static JsonObject expected(JsonObject json) {
    JsonObject expected = json.deepCopy();
    List.of("because", "old", "new", "trigger").forEach(expected::remove);
    assertThat(expected.keySet()).isNotEmpty();
    return expected;
  }

  private static JsonObject actual(Trial trial) {
    JsonObject actual = new JsonObject();
    JsonArray changed = new JsonArray();
    trial.changed().forEach(changed::add);
    actual.add("changed", changed);
    actual.addProperty("initial", trial.initial());
    actual.addProperty("fires", trial.fires());
    JsonArray events = new JsonArray();
    for (Announcement event : trial.events()) {
      JsonObject one = new JsonObject();
      one.addProperty("type", event.type().name());
      one.addProperty("reason", event.reason());
      one.addProperty("message", event.message());
      events.add(one);
    }
    actual.add("events", events);
    return actual;
  }

  private static @Nullable Trigger trigger(@Nullable JsonElement element) {
    if (!(element instanceof JsonObject json)) {
      return null;
    }
    String condition = text(json, "condition");
    String mode = text(json, "mode");
    return new Trigger(
        text(json, "field"),
        Arrays.stream(Trigger.Condition.values())
            .filter(known -> known.name().equals(condition))
            .findFirst()
            .orElse(null),
        json.has("value") ? json.get("value") : JsonNull.INSTANCE,
        text(json, "when"),
        mode == null ? null : Trigger.Mode.valueOf(mode),
        null);
  }

  private static @Nullable String text(JsonObject json, String name) {
    return json.has(name) ? json.get(name).getAsString() : null;
  }
}
