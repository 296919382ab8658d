// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.testing.Live;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/** The proof, and what follows where there is none. */
class VerifyingTest extends TargetTable {

  static Stream<Case> cases() {
    return Stream.of(
        row(
            "healthy begins",
            () -> Scene.of(a().verifying(Duration.ZERO, null, null)).limit("320Mi"),
            Phase.Verifying,
            "Verifying",
            "healthyFor begins now"),
        row(
            "healthy for long enough",
            () -> Scene.of(a().verifying(Duration.ZERO, Duration.ZERO, 0)).limit("320Mi"),
            Phase.Succeeded,
            "Healthy",
            "60 s is the default"),
        row(
            "healthy, not long enough",
            () -> Scene.of(a().verifying(Duration.ZERO, Duration.ofSeconds(1), 0)).limit("320Mi"),
            Phase.Verifying,
            "Verifying",
            "59 s"),
        row(
            "own healthyFor",
            () ->
                Scene.of(
                        a().verifyTimes("10m", "5s")
                            .verifying(Duration.ZERO, Duration.ofSeconds(54), 0))
                    .limit("320Mi"),
            Phase.Succeeded,
            "Healthy",
            "the object may say how long"),
        row(
            "restarted meanwhile",
            () ->
                Scene.of(a().verifying(Duration.ZERO, Duration.ZERO, 0))
                    .limit("320Mi")
                    .pods(Live.pod("api-h1-0", true, 1, "2026-03-01T11:00:00Z")),
            Phase.Verifying,
            "Verifying",
            "a restart breaks health although the pod is Ready"),
        row(
            "lost Ready between two looks",
            () ->
                Scene.of(a().verifying(Duration.ZERO, Duration.ZERO, 0))
                    .limit("320Mi")
                    .pods(Live.pod("api-h1-0", true, 0, "2026-03-01T12:00:30Z")),
            Phase.Verifying,
            "Verifying",
            "Ready since 12:00:30 is a break after 12:00"),
        row(
            "not healthy, window open",
            () -> Scene.of(a().verifying(Duration.ZERO, null, null)).limit("320Mi").unhealthy(),
            Phase.Verifying,
            "Verifying",
            "the window is 10 min"),
        row(
            "not healthy in the window, git",
            () ->
                Scene.of(a().verifying(Duration.ZERO, null, null))
                    .limit("320Mi")
                    .unhealthy()
                    .at(Duration.ofMinutes(10)),
            Phase.Applying,
            "Undoing",
            "a revert is asked for"),
        row(
            "not healthy in the window, direct",
            () ->
                Scene.of(direct().verifying(Duration.ZERO, null, null))
                    .limit("320Mi")
                    .unhealthy()
                    .at(Duration.ofMinutes(10)),
            Phase.Applying,
            "Undoing",
            "the undo is recorded"),
        row(
            "healthy at the end of the window",
            () ->
                Scene.of(a().verifying(Duration.ZERO, Duration.ofSeconds(590), 0))
                    .limit("320Mi")
                    .at(Duration.ofSeconds(620)),
            Phase.Verifying,
            "Verifying",
            "health that began in the window may be proven"),
        row(
            "health lost after the window",
            () ->
                Scene.of(a().verifying(Duration.ZERO, Duration.ofSeconds(590), 0))
                    .limit("320Mi")
                    .unhealthy()
                    .at(Duration.ofSeconds(620)),
            Phase.Applying,
            "Undoing",
            "and if it is lost the window is over"),
        row(
            "no undo",
            () ->
                Scene.of(direct().plan(noUndo()).verifying(Duration.ZERO, null, null))
                    .limit("320Mi")
                    .unhealthy()
                    .at(Duration.ofMinutes(10)),
            Phase.Failed,
            "NotHealthy",
            "a restart cannot be taken back"),
        row(
            "value changed by somebody",
            () -> Scene.of(a().verifying(Duration.ZERO, Duration.ZERO, 0)).limit("1Gi"),
            Phase.Verifying,
            "Verifying",
            "the proof must be about our change"),
        row(
            "target deleted",
            () -> Scene.of(a().verifying(Duration.ZERO, null, null)).deployment(null),
            Phase.Failed,
            "TargetGone",
            "nothing is left to prove"),
        row(
            "nothing to do, healthy",
            () -> Scene.of(withHealthy(a().verifyingNothing("CapReached", false))),
            Phase.Succeeded,
            "NothingToDo",
            "at its cap and healthy is a success"),
        row(
            "nothing left to do after a wait, healthy",
            () -> Scene.of(withHealthy(a().verifyingNothing("NothingToChange", true))),
            Phase.Superseded,
            "HealedBy",
            "somebody else did it while this one waited"),
        row(
            "nothing to do, sick",
            () ->
                Scene.of(a().verifyingNothing("CapReached", false))
                    .unhealthy()
                    .at(Duration.ofMinutes(10)),
            Phase.Failed,
            "CapReached",
            "and no further raise is allowed"),
        row(
            "nothing to change begins",
            () ->
                Scene.of(a())
                    .plans(
                        new Planning.NothingToDo(
                            Objects.requireNonNull(a().build().statusOrEmpty().target()),
                            noUndo(),
                            PlanReason.CapReached,
                            "at its cap")),
            Phase.Verifying,
            "Verifying",
            "a plan without changes goes to verification"));
  }
}
