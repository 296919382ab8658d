// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The pr service, reviewers and the GitOps agent. */
final class People {

  private final World world;

  /** What the base branch wants and the agent has not brought yet. */
  private final List<Change> wanted = new ArrayList<>();

  People(World world) {
    this.world = world;
  }

  /** The pr service opens what was let through, and the reverts that were asked for. */
  void openPullRequests() {
    for (Remediation remediation : world.remediations.all()) {
      RemediationStatus status = remediation.statusOrEmpty();
      String name = Objects.requireNonNull(remediation.getMetadata().getName());
      boolean over = status.phase() != null && status.phase().isEnd();
      if (over) {
        continue;
      }
      boolean git = remediation.spec().strategy().modeOrDefault() == Mode.GitOps;
      if (git
          && status.isTrue(ConditionType.Gated)
          && status.pullRequest() == null
          && status.verification() == null) {
        set(name, false, State.Open, List.of());
      }
      if (status.revert() != null && status.revertPullRequest() == null) {
        set(name, true, State.Open, List.of());
      }
    }
  }

  /** A reviewer merges the pull request of one, or its revert. */
  void merge(String name) {
    RemediationStatus status = world.remediations.get(name).statusOrEmpty();
    PullRequest revert = status.revertPullRequest();
    if (revert != null && revert.state() == State.Open) {
      merge(name, true, Objects.requireNonNull(status.revert()).changes());
    } else if (status.pullRequest() != null && status.pullRequest().state() == State.Open) {
      Plan plan = Objects.requireNonNull(status.plan());
      merge(name, false, plan.changes());
    }
  }

  private void merge(String name, boolean revert, List<Change> changes) {
    List<MergedValue> values = new ArrayList<>();
    for (Change change : changes) {
      values.add(new MergedValue(change.path(), change.after(), null, null));
      wanted.add(change);
    }
    set(name, revert, State.Merged, values);
  }

  /** A reviewer closes what is open. */
  void close(String name) {
    RemediationStatus status = world.remediations.get(name).statusOrEmpty();
    PullRequest revert = status.revertPullRequest();
    if (revert != null && revert.state() == State.Open) {
      set(name, true, State.Closed, List.of());
    } else if (status.pullRequest() != null && status.pullRequest().state() == State.Open) {
      set(name, false, State.Closed, List.of());
    }
  }

  /** The agent brings the base branch to the cluster. */
  void sync() {
    wanted.forEach(change -> world.workload.set(change.path(), change.after()));
    wanted.clear();
  }

  private void set(String name, boolean revert, State state, List<MergedValue> values) {
    OffsetDateTime now = world.now.atOffset(ZoneOffset.UTC);
    PullRequest request =
        new PullRequest(
            state,
            "git",
            "heal8s/b",
            null,
            "https://git/b",
            "head",
            "base",
            null,
            now,
            state == State.Merged ? now : null,
            state == State.Closed ? now : null,
            values,
            null);
    ConditionType type = revert ? ConditionType.RevertOpen : ConditionType.PullRequestOpen;
    ConditionType merged = revert ? ConditionType.RevertMerged : ConditionType.PullRequestMerged;
    world.remediations.edit(
        name,
        status -> {
          List<Condition> conditions = new ArrayList<>(status.conditions());
          put(conditions, type, state == State.Open, state.name(), now);
          if (state != State.Open) {
            put(conditions, merged, state == State.Merged, state.name(), now);
          }
          return new RemediationStatus(
              status.observedGeneration(),
              status.phase(),
              status.reason(),
              status.message(),
              status.target(),
              status.joinedTo(),
              status.plan(),
              status.intent(),
              status.applied(),
              status.verification(),
              status.attempts(),
              revert ? status.pullRequest() : request,
              status.revert(),
              revert ? request : status.revertPullRequest(),
              null,
              "https://git/b",
              "head",
              status.appliedAt(),
              status.resolvedAt(),
              status.lastUpdateTime(),
              conditions);
        });
  }

  private static void put(
      List<Condition> conditions,
      ConditionType type,
      boolean value,
      String reason,
      OffsetDateTime now) {
    conditions.removeIf(condition -> condition.type().equals(type.name()));
    conditions.add(
        new Condition(
            type.name(),
            value ? Condition.Status.True : Condition.Status.False,
            1L,
            now,
            reason,
            ""));
  }
}
