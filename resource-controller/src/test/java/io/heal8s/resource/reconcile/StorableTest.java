// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.RunAnswer;
import io.heal8s.resource.reconcile.decision.RunIntent.Call;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StorableTest {

  private static final String GIVEN = "a\u0000b\uD800c\uD83D\uDE00\n";
  private static final String KEPT = "a\uFFFDb\uFFFDc\uD83D\uDE00\n";
  private static final String JSON = "{\"k\\u0000\":[1,null,{\"v\":\"\\uD800\\uD83D\\uDE00\"}]}";
  private static final String KEPT_JSON = "{\"k\uFFFD\":[1,null,{\"v\":\"\uFFFD\uD83D\uDE00\"}]}";

  record Case(RunAnswer given, RunAnswer kept) {}

  private static Case plan(PlanResult given, PlanResult kept) {
    return new Case(new RunAnswer.Planned(given), new RunAnswer.Planned(kept));
  }

  private static Case step(Step given, Step kept) {
    return new Case(
        new RunAnswer.Stepped(Call.APPLY, given), new RunAnswer.Stepped(Call.APPLY, kept));
  }

  static Case[] cases() {
    Duration soon = Duration.ofSeconds(1);
    return new Case[] {
      plan(new PlanResult.Changes(GIVEN), new PlanResult.Changes(KEPT)),
      plan(new PlanResult.NoChanges(GIVEN), new PlanResult.NoChanges(KEPT)),
      plan(new PlanResult.Failed(GIVEN), new PlanResult.Failed(KEPT)),
      step(
          new Step.Done(Step.Changes.NONE, Samples.json(JSON), GIVEN),
          new Step.Done(Step.Changes.NONE, Samples.json(KEPT_JSON), KEPT)),
      step(
          new Step.Done(Step.Changes.NONE, null, GIVEN),
          new Step.Done(Step.Changes.NONE, null, KEPT)),
      step(
          new Step.Running(Samples.json(JSON), soon, GIVEN),
          new Step.Running(Samples.json(KEPT_JSON), soon, KEPT)),
      step(
          new Step.Running(Samples.json(JSON), soon, null),
          new Step.Running(Samples.json(KEPT_JSON), soon, null)),
      step(new Step.Failed(GIVEN, GIVEN, soon), new Step.Failed(KEPT, KEPT, soon)),
      plan(new PlanResult.Later(soon, GIVEN), new PlanResult.Later(soon, KEPT)),
      step(new Step.Later(soon, GIVEN), new Step.Later(soon, KEPT)),
      step(new Step.Unknown(GIVEN, true), new Step.Unknown(KEPT, true)),
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatCannotBeStoredIsReplaced(Case each) {
    assertThat(Storable.of(each.given())).isEqualTo(each.kept());
    assertThat(Storable.of(each.kept())).isEqualTo(each.kept());
  }
}
