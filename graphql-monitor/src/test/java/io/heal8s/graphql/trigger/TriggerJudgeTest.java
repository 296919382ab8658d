// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.effect.WireJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which triggers must be looked at though nothing changed; the rest is played with the decider. */
class TriggerJudgeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"trigger":{"field":"a"}}                        | false
          {"trigger":{"when":"state.a"}}                   | false
          {"trigger":{"field":"a","mode":"edge"}}          | false
          {"trigger":{"field":"a"},"cooldownSeconds":0}    | false
          {"trigger":{"field":"a"},"cooldownSeconds":1}    | true
          {"trigger":{"field":"a","for":"90s"}}            | true
          {"trigger":{"field":"a","mode":"level"}}         | true
          """)
  void whatWaitsForItsTimeIsLookedAtAtEveryPoll(String action, boolean dependsOnTime) {
    assertThat(TriggerJudge.dependsOnTime(WireJson.GSON.fromJson(action, AppAction.class)))
        .isEqualTo(dependsOnTime);
  }
}
