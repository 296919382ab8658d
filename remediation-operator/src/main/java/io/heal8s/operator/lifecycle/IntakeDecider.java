// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.decide.Decider;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.operator.intent.RemediationIntent;
import java.time.Instant;

/** Decides on snapshots for which everything was read that {@link IntakeJudge} asked for. */
public final class IntakeDecider implements Decider<IntakeSnapshot, RemediationIntent> {

  private final IntakeJudge judge;

  /** Wraps the judge that the observer asked too. */
  public IntakeDecider(IntakeJudge judge) {
    this.judge = judge;
  }

  @Override
  public Decision<RemediationIntent> decide(IntakeSnapshot observed, Instant now) {
    return switch (judge.judge(observed, now)) {
      case Judgement.Decided(Decision<RemediationIntent> decision) -> decision;
      case Judgement.NeedsReading _, Judgement.NeedsCounts _ ->
          Decision.nothing(
              new Outcome.Retry(
                  LifecycleReason.ReadFailed,
                  new IllegalStateException("the observer left something unread: a bug")));
    };
  }
}
