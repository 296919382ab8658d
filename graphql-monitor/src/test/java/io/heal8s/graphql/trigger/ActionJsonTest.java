// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.core.effect.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"trigger":{"field":"a","condition":"equals","value":null},"action":"webhook","parameters":{}}\
        """,
        """
        {"trigger":{"field":"a","condition":"greater_than","value":0.85},"action":"scale_deployment",
         "parameters":{"deploymentName":"api","replicas":30,"x":null,"list":[1,2.5,"x",{"k":true}]}}\
        """,
        """
        {"trigger":{"field":"a","condition":"equals","value":{"n":[1]},"when":"true","mode":"level",
         "for":"1m"},"action":"webhook","parameters":{},"cooldownSeconds":600,"includeState":"none"}\
        """
      })
  void whoReadsTheObjectTakesTheSameDigest(String asStored) {
    AppAction read = WireJson.GSON.fromJson(asStored, AppAction.class);

    assertThat(RemediationDraft.sha256(read))
        .isEqualTo(ActionDigest.of(JsonParser.parseString(asStored)));
  }

  @Test
  void keysAreOfTheTriggerAndWhatItCauses() {
    AppAction one = action("{\"trigger\":{\"field\":\"a\"},\"action\":\"webhook\"}");
    AppAction edited =
        action(
            "{\"trigger\":{\"field\":\"a\"},\"action\":\"webhook\",\"parameters\":{\"url\":\"u\"}}");
    AppAction other = action("{\"trigger\":{\"field\":\"b\"},\"action\":\"webhook\"}");
    AppAction restart = action("{\"trigger\":{\"field\":\"a\"},\"action\":\"restart_pod\"}");

    List<String> keys = ActionJson.watchKeys(List.of(one, edited, other, restart));

    assertThat(keys).doesNotHaveDuplicates();
    assertThat(ActionJson.watchKeys(List.of(other, edited)))
        .as("neither position nor parameters count")
        .containsExactly(keys.get(2), keys.get(0));
  }

  private static AppAction action(String json) {
    return WireJson.GSON.fromJson(json, AppAction.class);
  }
}
