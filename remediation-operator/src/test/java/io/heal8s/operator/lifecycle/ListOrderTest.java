// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.stream.Stream;

/** What one edge of a detector asked for together, of the same target. */
class ListOrderTest extends TargetTable {

  private static final String EDGE = "2026-03-01T12:00:00+00:00";
  private static final String EDGE_BEFORE = "2026-03-01T11:50:00+00:00";

  private static final String TRUSTED =
      "{\"allow\":{\"unapproved\":[{\"detector\":\"TargetApp\"}]}}";

  private static final String COMMANDS_TRUSTED =
      "{\"allow\":{\"unapproved\":[{\"detector\":\"TargetApp\",\"actions\":[\"ExecCommand\"]}]}}";

  private static Scene trusted(Rem... rems) {
    return Scene.of(rems).policy(TRUSTED);
  }

  private static Rem fired(String name, ActionType type, String edge, int index) {
    return Rem.planned(name).direct().approval(false).action(type).firedBy(edge, index);
  }

  private static Rem exec(String name, String edge, int index) {
    return fired(name, ActionType.ExecCommand, edge, index).as("runner");
  }

  private static Rem restart(String name, String edge, int index) {
    return fired(name, ActionType.RestartPods, edge, index);
  }

  static Stream<Case> cases() {
    return Stream.of(
        row(
            "cooldown, asked for at the same edge",
            () ->
                trusted(
                    exec("a", EDGE, 1),
                    exec("b", EDGE, 0)
                        .verifying(Duration.ofMinutes(-5), null, null)
                        .ended(Phase.Succeeded, "CommandSucceeded", Duration.ZERO)),
            Phase.Applying,
            "ApplyRecorded",
            "what one edge asked for is one attempt"),
        row(
            "cooldown, asked for at another edge",
            () ->
                trusted(
                    exec("a", EDGE, 1),
                    exec("b", EDGE_BEFORE, 0)
                        .verifying(Duration.ofMinutes(-5), null, null)
                        .ended(Phase.Succeeded, "CommandSucceeded", Duration.ZERO)),
            Phase.Pending,
            "Cooldown",
            "the edge before was another attempt"),
        row(
            "cooldown, the same action at the same edge",
            () ->
                trusted(
                    exec("a", EDGE, 1),
                    exec("b", EDGE, 1)
                        .verifying(Duration.ofMinutes(-5), null, null)
                        .ended(Phase.Succeeded, "CommandSucceeded", Duration.ZERO)),
            Phase.Pending,
            "Cooldown",
            "one action twice is a repetition"),
        row(
            "second in the list",
            () -> trusted(exec("a", EDGE, 1), exec("b", EDGE, 0)),
            Phase.Pending,
            "TargetBusy",
            "created in the same second, b comes first although its name does not"),
        row(
            "first in the list",
            () -> trusted(exec("a", EDGE, 1), exec("b", EDGE, 2)),
            Phase.Applying,
            "ApplyRecorded",
            "the others wait for this one"),
        row(
            "second in the list, created earlier",
            () -> trusted(exec("a", EDGE, 1).created(MIN.negated()), exec("b", EDGE, 0)),
            Phase.Pending,
            "NotItsTurn",
            "the list counts, not which creation was repeated"),
        row(
            "second in the list, the first cools down",
            () ->
                trusted(
                    restart("a", EDGE, 1),
                    exec("b", EDGE, 0),
                    exec("c", EDGE_BEFORE, 0)
                        .verifying(Duration.ofMinutes(-5), null, null)
                        .ended(Phase.Succeeded, "CommandSucceeded", Duration.ZERO)),
            Phase.Pending,
            "NotItsTurn",
            "in this order means that a wait of the first is one of the second"),
        row(
            "second in the list, the first has no target yet",
            () ->
                trusted(exec("a", EDGE, 1))
                    .arriving(Rem.fresh("b").direct().firedBy(EDGE, 0))
                    .at(Duration.ofSeconds(59)),
            Phase.Pending,
            "NotItsTurn",
            "who is planned first is chance"),
        row(
            "second in the list, the first finds no target",
            () ->
                trusted(exec("a", EDGE, 1))
                    .arriving(Rem.fresh("b").direct().firedBy(EDGE, 0))
                    .at(MIN),
            Phase.Applying,
            "ApplyRecorded",
            "what cannot be read for a minute holds up nobody else"),
        row(
            "second in the list, the first cannot be planned",
            () ->
                trusted(exec("a", EDGE, 1))
                    .arriving(
                        Rem.fresh("b")
                            .direct()
                            .firedBy(EDGE, 0)
                            .phase(Phase.Pending)
                            .stalled("InvalidParameter", Duration.ZERO)),
            Phase.Applying,
            "ApplyRecorded",
            "it may never be"),
        row(
            "second in the list, the first acts on something else",
            () ->
                trusted(exec("a", EDGE, 1))
                    .arriving(
                        Rem.fresh("b")
                            .direct()
                            .firedBy(EDGE, 0)
                            .asks("apps/v1", "Deployment", "other"))
                    .at(Duration.ofSeconds(59)),
            Phase.Applying,
            "ApplyRecorded",
            "between targets there is no order"),
        row(
            "second in the list, the first awaits approval",
            () -> trusted(exec("a", EDGE, 1), exec("b", EDGE, 0).approval(true).awaitingApproval()),
            Phase.Applying,
            "ApplyRecorded",
            "what waits for people holds nothing"),
        row(
            "second in the list, the first joined one that awaits approval",
            () ->
                Scene.of(
                        exec("a", EDGE, 1),
                        restart("b", EDGE, 0),
                        restart("c", EDGE_BEFORE, 0).created(MIN.negated()).awaitingApproval())
                    .policy(COMMANDS_TRUSTED),
            Phase.Applying,
            "ApplyRecorded",
            "by way of that one it waits for people"),
        row(
            "third in the list, a call before it",
            () -> trusted(exec("a", EDGE, 1), exec("b", EDGE, 0).action(ActionType.CallWebhook)),
            Phase.Applying,
            "ApplyRecorded",
            "who only tells holds up nobody"));
  }
}
