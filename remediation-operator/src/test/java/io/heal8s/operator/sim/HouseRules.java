// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.operator.gate.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must be so at every moment of every story. */
final class HouseRules {

  /** The rules that were broken, as sentences. */
  final List<String> broken = new ArrayList<>();

  /** Before a patch of the workload. */
  void beforePatch(Collection<Remediation> all) {
    long acting =
        all.stream()
            .filter(one -> !ended(one) && !new Standing(one).onlyTells())
            .filter(
                one ->
                    one.statusOrEmpty().intent() != null
                        || (one.statusOrEmpty().applied() != null
                            && one.statusOrEmpty().applied().via() == Mode.Direct))
            .count();
    if (acting > 1) {
      broken.add(acting + " direct effects on one target at once");
    }
  }

  /** Before an effect that is no change of values: somebody was let through to do that. */
  void does(ActionType type, Collection<Remediation> all) {
    boolean letThrough =
        all.stream()
            .map(one -> one.statusOrEmpty().intent())
            .anyMatch(intent -> intent != null && intent.action() == type);
    if (!letThrough) {
      broken.add(type + " under the record of another action");
    }
  }

  /** After one. */
  void afterPatch(Collection<Remediation> all, String before, String after) {
    boolean undoing =
        all.stream()
            .map(Remediation::statusOrEmpty)
            .anyMatch(
                status ->
                    status.intent() != null && status.intent().type() == RecordedIntent.Type.Undo);
    if (World.bytes(after) < World.bytes(before) && !undoing) {
      broken.add("lowered " + before + " to " + after);
    }
  }

  /** Before a status is stored. */
  void status(Remediation current, RemediationStatus status) {
    String name = current.getMetadata().getName();
    if (ended(current)) {
      broken.add(name + " was written to after its end");
    }
    if (status.phase() == null || status.reason() == null || status.reason().isEmpty()) {
      broken.add(name + " has no phase or reason");
    }
    int states =
        (status.isTrue(ConditionType.Ready) ? 1 : 0)
            + (status.isTrue(ConditionType.Reconciling) ? 1 : 0)
            + (status.isTrue(ConditionType.Stalled) ? 1 : 0);
    if (states != 1) {
      broken.add(name + " is " + states + " of Ready, Reconciling and Stalled");
    }
    for (Condition condition : status.conditions()) {
      if (!condition.reason().matches("[A-Z][A-Za-z0-9]*")
          || condition.lastTransitionTime() == null) {
        broken.add(name + " has the condition " + condition);
      }
    }
    if (!Objects.equals(status.observedGeneration(), current.getMetadata().getGeneration())) {
      broken.add(name + " did not say which generation it judged");
    }
    if (status.isTrue(ConditionType.Stalled) && passes(status.reason())) {
      broken.add(name + " is stalled by " + status.reason() + ", which passes by itself");
    }
    if (branchMayExist(current.statusOrEmpty())
        && !Objects.equals(current.statusOrEmpty().plan(), status.plan())) {
      broken.add(name + " was planned anew while its branch may exist");
    }
    PullRequest old = current.statusOrEmpty().pullRequest();
    if (!Objects.equals(old, status.pullRequest())) {
      broken.add(name + ": the pr service's field was changed");
    }
  }

  private static boolean passes(@Nullable String reason) {
    return reason != null
        && PullRequestReason.of(reason).map(PullRequestReason::passes).orElse(false);
  }

  private static boolean branchMayExist(RemediationStatus status) {
    Condition open = status.condition(ConditionType.PullRequestOpen);
    return status.pullRequest() != null
        && (open == null
            || PullRequestReason.of(open.reason())
                .filter(PullRequestReason::callsForAnotherPlan)
                .isEmpty());
  }

  private static boolean ended(Remediation remediation) {
    var phase = remediation.statusOrEmpty().phase();
    return phase != null && phase.isEnd();
  }
}
