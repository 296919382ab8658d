// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.operator.intent.ActionReason;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.target.AskedAction;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.target.Resolution;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Policies;
import io.heal8s.operator.testing.Rem;
import java.util.List;
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

  @Test
  void parametersInTheDetectorsObjectAreMeasuredToo() {
    String action = "{\"action\":\"exec_command\",\"parameters\":{\"command\":\"%s\"}}";
    int most = 128 * 1024 - "{'command':''}".length();

    assertThat(inApp(action.formatted("x".repeat(most))))
        .isInstanceOf(AskedAction.Understood.class);
    assertThat(inApp(action.formatted("x".repeat(most + 1))))
        .isInstanceOfSatisfying(
            AskedAction.NotUnderstood.class,
            refused -> {
              assertThat(refused.verdict().reason()).isEqualTo(ActionReason.UnsupportedValue);
              assertThat(refused.verdict().message())
                  .contains("spec.actions[0].parameters of TargetApp web", "131073", "131072");
            });
  }

  private static AskedAction inApp(String action) {
    Rem rem =
        Rem.fresh("a")
            .action(ActionType.ExecCommand)
            .direct()
            .from(
                new ArgumentsFrom(
                    "TargetApp",
                    "web",
                    "uid-web",
                    0,
                    ActionDigest.of(JsonParser.parseString(action))));
    Query.Get app = new Query.Get(AskedAction.TARGET_APP_VERSION, "TargetApp", "shop", "web");
    return AskedAction.of(rem.build(), Known.NOTHING.with(app, List.of(Live.app(action))));
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
