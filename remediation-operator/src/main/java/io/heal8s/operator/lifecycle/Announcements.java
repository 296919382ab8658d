// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Announcement;
import io.heal8s.operator.plan.ShownValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people are told of a step, read off the difference between two statuses: so an event belongs
 * to a transition that was written, and is told once.
 */
final class Announcements {

  private static final int LONGEST = 1024;

  private Announcements() {}

  static List<Announcement> between(Remediation remediation, RemediationStatus after) {
    RemediationStatus before = remediation.statusOrEmpty();
    List<Announcement> tell = new ArrayList<>();
    if (before.phase() == null) {
      tell.add(created(remediation));
    }
    if (frozen(before) && edited(before, after)) {
      tell.add(editIgnored());
    }
    if (!live(before) && live(after)) {
      tell.add(applied(after));
    }
    if (after.phase() != before.phase()) {
      phase(remediation, after, tell);
    } else if (after.phase() == Phase.AwaitingApproval && !samePlan(before, after)) {
      tell.add(approvalRequired(after));
    }
    if (stalledNewly(before, after)) {
      tell.add(Announcement.warning(text(after.reason()), cut(text(after.message()))));
    }
    return List.copyOf(tell);
  }

  private static void phase(
      Remediation remediation, RemediationStatus after, List<Announcement> tell) {
    Phase phase = Objects.requireNonNull(after.phase());
    String message = cut(text(after.message()));
    switch (phase) {
      case AwaitingApproval -> tell.add(approvalRequired(after));
      case PRCreated -> tell.add(pullRequestCreated(after));
      case Applying -> {
        if (text(after.reason()).equals(LifecycleReason.Undoing.name())) {
          tell.add(Announcement.warning("Undoing", message));
        }
      }
      case Succeeded -> tell.add(Announcement.normal("RemediationSucceeded", message));
      case Failed ->
          tell.add(
              Announcement.warning(
                  "RemediationFailed", cut(text(after.reason()) + ": " + message)));
      case Expired -> tell.add(Announcement.warning("RemediationExpired", message));
      case RolledBack -> tell.add(Announcement.warning("RemediationRolledBack", message));
      case Superseded -> tell.add(Announcement.normal("RemediationSuperseded", message));
      case Pending, Analyzing, Verifying -> {}
    }
  }

  private static Announcement created(Remediation remediation) {
    var spec = remediation.spec();
    var alert = spec.alert();
    var detector = spec.detector();
    String asker =
        alert != null
            ? "alert " + alert.name()
            : detector == null ? "nobody" : detector.kind() + " " + detector.name();
    return Announcement.normal(
        "RemediationCreated",
        cut(
            spec.action().type()
                + " of "
                + spec.target().kind()
                + " "
                + spec.target().namespace()
                + "/"
                + spec.target().name()
                + ", asked for by "
                + asker));
  }

  private static Announcement pullRequestCreated(RemediationStatus after) {
    return Announcement.normal(
        "PullRequestCreated", cut(after.prUrl() == null ? text(after.message()) : after.prUrl()));
  }

  private static Announcement approvalRequired(RemediationStatus after) {
    Plan plan = after.plan();
    String id = plan == null ? "" : plan.id();
    return new Announcement(
        Announcement.Type.Normal,
        "ApprovalRequired",
        cut(text(after.message())),
        "ApprovalRequired",
        "ApprovalRequired/" + id);
  }

  private static Announcement applied(RemediationStatus after) {
    ResolvedTarget target = after.target();
    String where =
        target == null ? "" : target.kind() + " " + target.namespace() + "/" + target.name() + ": ";
    var applied = after.applied();
    String what =
        applied == null || applied.changes().isEmpty()
            ? text(after.message())
            : applied.changes().stream().map(ShownValue::change).collect(Collectors.joining(", "));
    return Announcement.normal("RemediationApplied", cut(where + what));
  }

  private static Announcement editIgnored() {
    return Announcement.warning(
        "EditIgnored",
        "the spec was edited after the first effect; what was planned stays as it is");
  }

  /** From the first effect on (branch pushed, first patch recorded) the plan does not move. */
  static boolean frozen(RemediationStatus status) {
    return status.applied() != null
        || status.intent() != null
        || Proposals.branchMayExist(status)
        || (status.phase() != null && status.phase().isEnd());
  }

  private static boolean edited(RemediationStatus before, RemediationStatus after) {
    return before.observedGeneration() != null
        && !before.observedGeneration().equals(after.observedGeneration());
  }

  private static boolean live(RemediationStatus status) {
    return status.applied() != null && status.appliedAt() != null;
  }

  private static boolean samePlan(RemediationStatus before, RemediationStatus after) {
    return before.plan() != null
        && after.plan() != null
        && before.plan().id().equals(after.plan().id());
  }

  private static boolean stalledNewly(RemediationStatus before, RemediationStatus after) {
    if (after.phase() == null || after.phase().isEnd() || !stalled(after)) {
      return false;
    }
    return !stalled(before) || !text(before.reason()).equals(text(after.reason()));
  }

  private static boolean stalled(RemediationStatus status) {
    Condition stalled = status.condition(ConditionType.Stalled);
    return stalled != null && stalled.status() == Condition.Status.True;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String cut(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
  }
}
