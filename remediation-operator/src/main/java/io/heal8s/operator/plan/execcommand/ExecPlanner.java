// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.execcommand;

import io.heal8s.core.decide.ForeignText;
import io.heal8s.operator.intent.PodCommand;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.PodChoice;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query.ListBySelector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans of ExecCommand. */
public final class ExecPlanner {

  private ExecPlanner() {}

  /** Plans one run. Arguments of the command are not told: they may hold credentials. */
  public static Draft draft(PlanRequest request, PodCommand command, Known known) {
    return switch (AccountChoice.of(request)) {
      case AccountChoice.None(var verdict) -> new Draft.Refused(verdict);
      case AccountChoice.Chosen(String account) -> draft(request, command, known, account);
    };
  }

  private static Draft draft(PlanRequest request, PodCommand command, Known known, String account) {
    Optional<ListBySelector> query = PodChoice.query(request.live(), command.podSelector());
    if (query.isEmpty()) {
      return Draft.refused(PlanReason.NoPodsSelected, "No pod selector specified");
    }
    if (!known.has(query.get())) {
      return new Draft.Needs(Set.of(query.get()));
    }
    if (pods(command, known.many(query.get())).isEmpty()) {
      return Draft.refused(
          PlanReason.NoPodsSelected, "No pods found with selector: " + query.get().selector());
    }
    String which = "pods of " + request.live().namespace() + " with " + query.get().selector();
    return new Draft.Run(
        "--- "
            + which
            + " (live)\n+++ "
            + which
            + " (planned)\n-nothing runs\n+"
            + ForeignText.line(command.argv().getFirst())
            + " with "
            + (command.argv().size() - 1)
            + " arguments in "
            + (command.everyPod() ? "every pod" : "one pod")
            + (command.container() == null
                ? ""
                : ", container " + ForeignText.line(command.container()))
            + ", as ServiceAccount "
            + account
            + ", "
            + command.timeout().toSeconds()
            + " s each\n",
        List.of("It is begun at most once: one that was cut off is not begun again."),
        "what a command did cannot be taken back");
  }

  /** The running pods that the command is for, by name. */
  public static List<LiveObject> pods(PodCommand command, List<LiveObject> selected) {
    List<LiveObject> running =
        PodChoice.live(selected).stream()
            .filter(pod -> pod.text("status.phase").equals("Running"))
            .sorted(Comparator.comparing(LiveObject::name))
            .toList();
    return command.everyPod() || running.isEmpty() ? running : List.of(running.getFirst());
  }

  /** The container that the command runs in: the one that was named, else the pod's first. */
  public static String container(PodCommand command, LiveObject pod) {
    return command.container() != null ? command.container() : pod.text("spec.containers[0].name");
  }
}
