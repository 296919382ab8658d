// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.graphql.change.StatePath;
import io.heal8s.graphql.intent.Seen.Gap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an endpoint could not tell is not known to be null. */
class GapsTest {

  private static final String GONE =
      """
      {"trigger":{"field":"health","condition":"not_exists","value":null},"action":"restart_pod"}\
      """;

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static Gaps close(String data, @Nullable String before, String... path) {
    return Gaps.close(
        json(data),
        before == null ? null : json(before),
        List.of(new Gap(List.of(path), "no answer")));
  }

  @Test
  void anErrorThatDoesNotSayWhereMakesEveryNullAGapThatWasNoneBefore() {
    Gaps closed =
        close(
            "{\"a\": null, \"b\": {\"c\": null, \"d\": 1}, \"e\": [null, 2], \"f\": null}",
            "{\"a\": 1, \"b\": {\"c\": 2, \"d\": 0}, \"e\": [7], \"f\": null}");
    assertThat(closed.state())
        .isEqualTo(json("{\"a\": 1, \"b\": {\"c\": 2, \"d\": 1}, \"e\": [7, 2], \"f\": null}"));
    assertThat(closed.unknown()).isEmpty();
  }

  @Test
  void whatWasNeverKnownIsUnknown() {
    Gaps closed = close("{\"a\": null, \"b\": [1, null]}", null);
    assertThat(closed.state()).isEqualTo(json("{\"b\": [1, null]}"));
    assertThat(closed.unknown()).containsExactly(List.of("a"), List.of("b", "1"));
  }

  @Test
  void anErrorThatSaysNoMoreThanItsPartIsAboutTheNullsOfThatPart() {
    Gaps closed =
        close(
            "{\"pods\": {\"x\": {\"a\": null}, \"y\": {\"a\": null}}}",
            "{\"pods\": {\"x\": {\"a\": 1}, \"y\": {\"a\": 1}}}",
            "pods",
            "x");
    assertThat(closed.state())
        .isEqualTo(json("{\"pods\": {\"x\": {\"a\": 1}, \"y\": {\"a\": null}}}"));
  }

  @Test
  void whereVeryMuchIsUnknownTheWholePartIs() {
    String nulls = "null,".repeat(Gaps.MOST_IN_PART) + "null";
    Gaps closed = close("{\"a\": {\"b\": [%s], \"c\": 1}, \"d\": 2}".formatted(nulls), null, "a");

    assertThat(closed.unknown()).containsExactly(List.of("a"));
    assertThat(closed.hide(StatePath.parse("a.c"))).isTrue();
    assertThat(closed.hide(StatePath.parse("d"))).isFalse();

    Gaps all = close("{\"a\": [%s], \"d\": 2}".formatted(nulls), null);
    assertThat(all.unknown()).containsExactly(List.of());
    assertThat(all.hide(StatePath.parse("d"))).isTrue();
  }

  @Test
  void whatIsUnknownOfEachPodIsKnownByItsName() {
    String nulls = "null,".repeat(Gaps.MOST_IN_PART) + "null";
    String pods = "{\"x\": {\"a\": null, \"b\": 1}, \"y\": {\"a\": 1}, \"z\": {\"many\": [%s]}}";
    Gaps closed =
        Gaps.close(
            json(("{\"pods\": " + pods + "}").formatted(nulls)),
            null,
            List.of(new Gap(List.of("pods", "x"), "?"), new Gap(List.of("pods", "z"), "?")));

    Map<String, Gaps> each = closed.ofPods();
    assertThat(each.keySet()).containsExactly("x", "y", "z");
    assertThat(each.values().stream().map(Gaps::unknown))
        .containsExactly(List.of(List.of("a")), List.of(), List.of(List.of()));
    assertThat(each.values().stream().map(Gaps::state)).first().isEqualTo(json("{\"b\": 1}"));
  }

  @Test
  void nothingFiresOnAFieldThatAnErrorWithoutAPathMayBeAbout() {
    Play play = Play.with(GONE).poll("{\"health\":\"ok\",\"cpu\":1}");

    play.pollWithGap("{\"health\":null,\"cpu\":1}");
    assertThat(play.created).isEmpty();

    play.restart().pollWithGap("{\"health\":null,\"cpu\":1}");
    assertThat(play.created).isEmpty();

    play.poll("{\"health\":null,\"cpu\":1}");
    assertThat(play.created).hasSize(1);
  }
}
