// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.target.Resolution;
import io.heal8s.operator.testing.Policies;
import io.heal8s.operator.testing.Rem;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Arguments beyond what the API allows are refused before anything is read or planned. */
class LongArgumentsTest {

  private static final Set<Query> TARGET =
      Set.of(new Query.Get("apps/v1", "Deployment", "shop", "api"));
  private static final IntakeJudge JUDGE =
      new IntakeJudge(
          (rem, known) -> new Resolution.NeedsReading(TARGET),
          (request, known) -> new Planning.NeedsReading(TARGET));

  /** {@code {"command":"…"}} of that many bytes. */
  private static Judgement judged(String letter, int letters) {
    Rem rem =
        Rem.fresh("a")
            .action(ActionType.ExecCommand)
            .direct()
            .arguments(Map.of("command", letter.repeat(letters)));
    return JUDGE.judge(
        new IntakeSnapshot(rem.build(), Policies.of("{}"), true, Scene.SITE, Known.NOTHING, null),
        Rem.T0.plusSeconds(1));
  }

  @Test
  void oneByteTooManyIsStalled() {
    int most = 128 * 1024 - "{'command':''}".length();

    assertThat(judged("x", most)).isInstanceOf(Judgement.NeedsReading.class);
    assertThat(judged("x", most + 1))
        .isInstanceOfSatisfying(Judgement.Decided.class, LongArgumentsTest::isRefused);
  }

  @Test
  void bytesCountAndNotLetters() {
    assertThat(judged("ü", 65 * 1024)).isInstanceOf(Judgement.Decided.class);
  }

  private static void isRefused(Judgement.Decided decided) {
    RemediationIntent.WriteStatus write =
        (RemediationIntent.WriteStatus) decided.decision().intents().getFirst();
    RemediationStatus status = write.status();
    assertThat(status.isTrue(ConditionType.Stalled)).isTrue();
    assertThat(status.reason()).isEqualTo("UnsupportedValue");
    assertThat(status.message()).contains("spec.action.arguments", "131073", "131072");
  }
}
