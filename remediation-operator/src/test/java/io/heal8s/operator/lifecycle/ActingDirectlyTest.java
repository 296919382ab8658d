// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.operator.testing.Live;
import java.time.Duration;
import java.util.stream.Stream;

/** Recorded effects, found again and carried out. */
class ActingDirectlyTest extends TargetTable {

  static Stream<Case> cases() {
    return Stream.of(
        row(
            "merged, not live",
            () -> Scene.of(a().syncing(Duration.ZERO)),
            Phase.Applying,
            "Merged",
            "the agent's time"),
        row(
            "merged and live",
            () -> Scene.of(a().syncing(Duration.ZERO)).limit("320Mi"),
            Phase.Verifying,
            "Verifying",
            "now health counts"),
        row(
            "merged and live, spelled otherwise",
            () -> Scene.of(a().syncing(Duration.ZERO)).limit("327680Ki"),
            Phase.Verifying,
            "Verifying",
            "quantities are compared by value"),
        row(
            "merged, never live",
            () -> Scene.of(a().syncing(Duration.ZERO)).at(HOUR),
            Phase.Applying,
            "MergedNotApplied",
            "applyTimeout is an hour"),
        row(
            "stalled, then live",
            () ->
                Scene.of(a().syncing(Duration.ZERO).stalled("MergedNotApplied", HOUR))
                    .limit("320Mi")
                    .at(HOUR.multipliedBy(3)),
            Phase.Verifying,
            "Verifying",
            "an agent that wakes up late is still welcome"),
        row(
            "stalled for a time to live",
            () ->
                Scene.of(a().syncing(Duration.ZERO).stalled("MergedNotApplied", HOUR))
                    .at(Duration.ofHours(25)),
            Phase.Failed,
            "MergedNotApplied",
            "one further ttl after the stall"),
        row(
            "merged, target gone",
            () -> Scene.of(a().syncing(Duration.ZERO)).deployment(null),
            Phase.Failed,
            "TargetGone",
            "nothing is left to heal"),
        row(
            "merged, target replaced",
            () ->
                Scene.of(a().syncing(Duration.ZERO))
                    .deployment(
                        Live.with(Live.deployment("320Mi", 1), "metadata.uid", "\"other\"")),
            Phase.Failed,
            "TargetGone",
            "another object of the same name is another target"),
        effect(
            "direct, recorded",
            () -> Scene.of(direct().intent(RecordedIntent.Type.Apply)),
            Phase.Applying,
            "ApplyRecorded",
            "Apply 256Mi→320Mi",
            "the record is carried out"),
        row(
            "direct, found done",
            () -> Scene.of(direct().intent(RecordedIntent.Type.Apply)).limit("320Mi"),
            Phase.Verifying,
            "Verifying",
            "killed between patch and record: looked up, not repeated"),
        row(
            "direct, target moved",
            () -> Scene.of(direct().intent(RecordedIntent.Type.Apply)).limit("300Mi"),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "a conflict plans anew, and nobody approved that plan"),
        row(
            "direct, target gone",
            () -> Scene.of(direct().intent(RecordedIntent.Type.Apply)).deployment(null),
            Phase.Pending,
            "TargetNotFound",
            "nothing happened yet"),
        effect(
            "undo, recorded",
            () ->
                Scene.of(
                        direct()
                            .verifying(Duration.ZERO, null, null)
                            .intent(RecordedIntent.Type.Undo))
                    .limit("320Mi"),
            Phase.Applying,
            "Undoing",
            "Undo 320Mi→256Mi",
            "what was written is taken back"),
        row(
            "undo, found done",
            () ->
                Scene.of(
                    direct().verifying(Duration.ZERO, null, null).intent(RecordedIntent.Type.Undo)),
            Phase.RolledBack,
            "NotHealthy",
            "killed between undo and record"),
        row(
            "undo, changed since",
            () ->
                Scene.of(
                        direct()
                            .verifying(Duration.ZERO, null, null)
                            .intent(RecordedIntent.Type.Undo))
                    .limit("1Gi"),
            Phase.Applying,
            "ChangedSince",
            "somebody's newer value is not overwritten"),
        row(
            "undo, changed since, for a time to live",
            () ->
                Scene.of(
                        direct()
                            .verifying(Duration.ZERO, null, null)
                            .intent(RecordedIntent.Type.Undo)
                            .stalled("ChangedSince", MIN))
                    .limit("1Gi")
                    .at(Duration.ofHours(24).plus(MIN)),
            Phase.Failed,
            "ChangedSince",
            "one further ttl after the stall"),
        row(
            "undo, target gone",
            () ->
                Scene.of(
                        direct()
                            .verifying(Duration.ZERO, null, null)
                            .intent(RecordedIntent.Type.Undo))
                    .deployment(null),
            Phase.Failed,
            "TargetGone",
            "nothing is left to take back"));
  }
}
