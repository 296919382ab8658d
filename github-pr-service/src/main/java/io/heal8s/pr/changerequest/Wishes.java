// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Revert;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.Marker;
import io.heal8s.pr.intent.OwnedStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a Remediation whether a forge has to be asked at all. Nothing is wanted without a plan
 * with a repository; a pull request is only begun once the operator's gate let the plan through
 * (Gated=True), but one that was begun is followed to its end whatever the gate says later; where
 * it is not known whether it was, it is looked for.
 */
public final class Wishes {

  private final Manifests manifests;

  /** Readings of files go through that editor. */
  public Wishes(Manifests manifests) {
    this.manifests = manifests;
  }

  /** What is wanted now; empty while this service has nothing to do for the Remediation. */
  public Optional<Wish> of(Remediation remediation) {
    RemediationStatus status = remediation.statusOrEmpty();
    Plan plan = status.plan();
    if (plan == null || plan.repository() == null || status.target() == null) {
      return Optional.empty();
    }
    Optional<Wish> change = change(remediation, status, plan);
    return change.isPresent() ? change : revert(remediation, status, plan);
  }

  private Optional<Wish> change(Remediation remediation, RemediationStatus status, Plan plan) {
    PullRequest recorded = status.pullRequest();
    PullRequest.State state = recorded == null ? null : recorded.state();
    boolean begun = state == PullRequest.State.Pending || state == PullRequest.State.Open;
    Wish.Aim aim;
    if (status.phase() != null && status.phase().isEnd()) {
      aim = begun ? Wish.Aim.WITHDRAW : null;
    } else if (state == PullRequest.State.Open) {
      aim = Wish.Aim.WATCH;
    } else {
      boolean intended = state == PullRequest.State.Pending;
      boolean allowed = status.isTrue(ConditionType.Gated) && !plan.changes().isEmpty();
      Wish.Aim held = intended ? Wish.Aim.FIND : null;
      aim = allowed && (recorded == null || intended) ? Wish.Aim.OPEN : held;
    }
    return wish(remediation, Lane.CHANGE, aim, plan, plan.changes());
  }

  private Optional<Wish> revert(Remediation remediation, RemediationStatus status, Plan plan) {
    Revert revert = status.revert();
    // A revert is never closed by us, and nobody waits for it once the Remediation has ended.
    if (revert == null || (status.phase() != null && status.phase().isEnd())) {
      return Optional.empty();
    }
    PullRequest recorded = status.revertPullRequest();
    Wish.Aim aim = Wish.Aim.OPEN;
    if (recorded != null && recorded.state() != PullRequest.State.Pending) {
      aim = recorded.state() == PullRequest.State.Open ? Wish.Aim.WATCH : null;
    }
    return wish(
        remediation, Lane.REVERT, revert.changes().isEmpty() ? null : aim, plan, revert.changes());
  }

  private Optional<Wish> wish(
      Remediation remediation, Lane lane, Wish.@Nullable Aim aim, Plan plan, List<Change> changes) {
    ActionType action = remediation.spec().action().type();
    if (aim == null || action == null) {
      return Optional.empty();
    }
    ResolvedTarget target = Objects.requireNonNull(remediation.statusOrEmpty().target());
    Repository repository = Objects.requireNonNull(plan.repository());
    Marker marker = marker(remediation, plan, lane);
    PullRequest recorded = OwnedStatus.of(remediation.statusOrEmpty()).of(lane);
    String branch =
        recorded != null && recorded.branch() != null
            ? recorded.branch()
            : BranchName.of(marker, action, target.name());
    Manifests.Wanted wanted = new Manifests.Wanted(target, changes, repository.values());
    Inquiry inquiry =
        new Inquiry(
            lane,
            repository,
            branch,
            marker,
            new PlanProbe(manifests, wanted),
            recorded == null ? null : recorded.number(),
            recorded == null ? null : recorded.headSHA(),
            recorded == null ? null : recorded.baseSHA(),
            aim == Wish.Aim.OPEN || aim == Wish.Aim.FIND);
    return Optional.of(new Wish(aim, inquiry, wanted));
  }

  private static Marker marker(Remediation remediation, Plan plan, Lane lane) {
    return new Marker(
        plan.cluster() == null ? "" : plan.cluster(),
        Objects.requireNonNull(remediation.metadata().getNamespace()),
        Objects.requireNonNull(remediation.metadata().getName()),
        lane);
  }
}
