// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.WireJson;
import io.heal8s.graphql.change.StateDigest;
import io.heal8s.graphql.intent.Memory;
import io.heal8s.graphql.trigger.ActionJson;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppChangesTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final TargetAppSpec SPEC =
      WireJson.GSON.fromJson(
          "{\"stateQuery\":\"{health}\",\"actions\":[{\"trigger\":{\"field\":\"health\",\"condition\":"
              + "\"equals\",\"value\":\"bad\"},\"action\":\"restart_pod\"}]}",
          TargetAppSpec.class);
  private static final String KEY = ActionJson.watchKeys(SPEC.actionsOrEmpty()).getFirst();

  private static final String UNSEEN = "{}";
  private static final String GOOD = monitoring("d1", "q", 1, "\"ok\"", "");
  private static final String BAD =
      monitoring("d2", "q", 2, "\"bad\"", "{\"name\":\"r1\",\"action\":0,\"edge\":2}");
  private static final String DONE = monitoring("d2", "q", 2, "\"bad\"", "");
  private static final String LOST = failed("TimedOut", "no answer");

  private static String monitoring(
      String digest, String query, int sequence, String value, String pending) {
    return """
        {"state":"Monitoring","digest":"%s","queryDigest":"%s","sequence":%d,
         "watched":[{"key":"%s","digest":"digest of %s","value":"%s"}],"pending":[%s],
         "conditions":[{"type":"Ready","status":"True","reason":"Monitoring","message":""}]}
        """
        .formatted(
            digest,
            query,
            sequence,
            KEY,
            value.replace("\"", ""),
            value.replace("\"", "\\\""),
            pending);
  }

  private static String failed(String reason, String why) {
    return """
        {"state":"Failed","digest":"d1","queryDigest":"q","sequence":1,"lastError":"%2$s",
         "conditions":[{"type":"Ready","status":"False","reason":"%1$s","message":"%2$s"}]}
        """
        .formatted(reason, why);
  }

  private static TargetAppStatus status(String json) {
    return WireJson.GSON.fromJson(json, TargetAppStatus.class);
  }

  private static Memory memory(@Nullable String state) {
    if (state == null) {
      return Memory.NONE;
    }
    JsonObject tree = JsonParser.parseString(state).getAsJsonObject();
    return new Memory(tree, StateDigest.ofState(tree), 0, null);
  }

  private static String told(Optional<AppChange> change) {
    return change
        .map(
            one ->
                one.kind()
                    + " "
                    + one.sequence()
                    + " "
                    + one.fields().stream()
                        .map(f -> f.path() + ":" + f.before() + ">" + f.after())
                        .toList()
                    + " "
                    + one.reason()
                    + " "
                    + one.remediations())
        .orElse("nothing");
  }

  record Case(
      String because,
      String before,
      String after,
      @Nullable String was,
      @Nullable String is,
      String told) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> cases() {
    String ok = "{\"health\":\"ok\",\"cpu\":1}";
    String busy = "{\"health\":\"ok\",\"cpu\":2}";
    String bad = "{\"health\":\"bad\",\"cpu\":1}";
    return Stream.of(
        new Case("the first state", UNSEEN, GOOD, null, ok, "INITIAL 1 [] null []"),
        new Case(
            "another query begins anew",
            GOOD,
            monitoring("d1", "other", 2, "\"ok\"", ""),
            ok,
            ok,
            "INITIAL 2 [] null []"),
        new Case(
            "a change with its Remediation",
            GOOD,
            BAD,
            ok,
            bad,
            "CHANGED 2 [health:\"ok\">\"bad\"] null [r1]"),
        new Case(
            "after a restart, or where another replica polls, what is watched is known",
            GOOD,
            BAD,
            null,
            null,
            "CHANGED 2 [health:\"ok\">\"bad\"] null [r1]"),
        new Case("what was created is taken off", BAD, DONE, bad, bad, "nothing"),
        new Case("noted without a write", GOOD, GOOD, ok, busy, "CHANGED 1 [cpu:1>2] null []"),
        new Case(
            "the status catches up with what was noted",
            GOOD,
            monitoring("d9", "q", 1, "\"ok\"", ""),
            busy,
            busy,
            "nothing"),
        new Case(
            "something else than what is watched, seen from afar",
            GOOD,
            monitoring("d9", "q", 2, "\"ok\"", ""),
            null,
            null,
            "CHANGED 2 [] null []"),
        new Case(
            "it held long enough",
            GOOD,
            monitoring("d1", "q", 2, "\"ok\"", "{\"name\":\"r2\",\"action\":0,\"edge\":2}"),
            ok,
            ok,
            "FIRED 2 [] null [r2]"),
        new Case("no answer", GOOD, LOST, ok, ok, "FAILED 1 [] TimedOut []"),
        new Case("still no answer", LOST, LOST, ok, ok, "nothing"),
        new Case(
            "no answer for another reason",
            LOST,
            failed("ConnectionRefused", "refused"),
            ok,
            ok,
            "FAILED 1 [] ConnectionRefused []"),
        new Case(
            "the same reason in other words",
            LOST,
            failed("TimedOut", "request 8f3a"),
            ok,
            ok,
            "nothing"),
        new Case("known again", LOST, GOOD, ok, ok, "RECOVERED 1 [] null []"),
        new Case(
            "known again, and another one",
            LOST,
            DONE,
            ok,
            bad,
            "RECOVERED 2 [health:\"ok\">\"bad\"] null []"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsWhatPeopleWantToSee(Case c) {
    Optional<AppChange> change =
        AppChanges.between(
            SPEC, status(c.before()), status(c.after()), memory(c.was()), memory(c.is()), AT);
    assertThat(told(change)).isEqualTo(c.told());
  }

  @Test
  void longValuesAndManyFieldsAreCut() {
    JsonObject was = new JsonObject();
    JsonObject is = new JsonObject();
    for (int i = 10; i < 40; i++) {
      was.addProperty("f" + i, 0);
      is.addProperty("f" + i, "x".repeat(i == 10 ? 300 : 1));
    }
    AppChange change =
        AppChanges.between(
                SPEC,
                status(GOOD),
                status(GOOD),
                new Memory(was, "1", 0, null),
                new Memory(is, "2", 0, null),
                AT)
            .orElseThrow();
    assertThat(change.fields()).hasSize(AppChange.MOST_FIELDS);
    assertThat(change.moreFields()).isEqualTo(10);
    assertThat(change.fields().getFirst()).isEqualTo(new AppChange.Field("f10", "0", null));
    assertThat(change.fields().getLast().path()).isEqualTo("f29");
  }
}
