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
import io.heal8s.core.decide.PullRequestReason;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pr service, reviewers and the GitOps agent. */
final class People {

  private static final Duration LATENESS = Duration.ofSeconds(150);

  private final World world;

  /** The reason why the pr service gets nowhere at its forge; null while it does. */
  @Nullable String trouble;

  /** Whose branch is at the forge although no status says so: the answer was lost. */
  private final Set<String> unrecorded = new HashSet<>();

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
      boolean intended = intended(status.pullRequest());
      if ((git || intended) && status.verification() == null) {
        boolean allowed = status.isTrue(ConditionType.Gated);
        if (allowed && (status.pullRequest() == null || intended)) {
          open(name, false, status.pullRequest());
        } else if (intended) {
          find(name, status.pullRequest());
        }
      }
      if (status.revert() != null
          && (status.revertPullRequest() == null || intended(status.revertPullRequest()))) {
        open(name, true, status.revertPullRequest());
      }
    }
  }

  private static boolean intended(@Nullable PullRequest request) {
    return request != null && request.state() == State.Pending;
  }

  private void open(String name, boolean revert, @Nullable PullRequest recorded) {
    if (trouble == null) {
      set(name, revert, State.Open, List.of());
    } else {
      say(name, revert, recorded, trouble);
    }
  }

  /** What the gate holds back is not begun; what was begun is found. */
  private void find(String name, @Nullable PullRequest recorded) {
    if (trouble != null) {
      say(name, false, recorded, trouble);
    } else if (unrecorded.remove(name)) {
      set(name, false, State.Open, List.of());
    } else {
      miss(name, recorded);
    }
  }

  /** It may come late, so it is given up only a while after it was first missed. */
  private void miss(String name, @Nullable PullRequest recorded) {
    String type = ConditionType.PullRequestOpen.name();
    Condition said =
        world.remediations.get(name).statusOrEmpty().condition(ConditionType.PullRequestOpen);
    if (said == null || said.status() != Condition.Status.Unknown) {
      OffsetDateTime since = world.now.atOffset(ZoneOffset.UTC);
      write(
          name,
          false,
          recorded,
          conditions -> {
            conditions.removeIf(condition -> condition.type().equals(type));
            conditions.add(
                new Condition(type, Condition.Status.Unknown, 1L, since, "Pending", "may come"));
          });
    } else if (!world.now.isBefore(
        Objects.requireNonNull(said.lastTransitionTime()).toInstant().plus(LATENESS))) {
      giveUp(name);
    }
  }

  /** It cannot come late any more. */
  void giveUp(String name) {
    say(name, false, null, null);
  }

  /** The pr service records its intent; it comes to the forge next. */
  void intend(String name) {
    RemediationStatus status = world.remediations.get(name).statusOrEmpty();
    boolean missing =
        intended(status.pullRequest())
            && Objects.requireNonNull(status.condition(ConditionType.PullRequestOpen)).status()
                == Condition.Status.Unknown;
    if (status.isTrue(ConditionType.Gated) && (status.pullRequest() == null || missing)) {
      say(name, false, request(State.Pending, List.of()), State.Pending.name());
    }
  }

  /** The pr service looks once, and its forge has nothing. */
  void look(String name) {
    RemediationStatus status = world.remediations.get(name).statusOrEmpty();
    if (status.isTrue(ConditionType.Gated)) {
      intend(name);
    } else if (intended(status.pullRequest())) {
      miss(name, status.pullRequest());
    }
  }

  /** It comes there, and does not hear of it. */
  void loseTheAnswer(String name) {
    PullRequest recorded = world.remediations.get(name).statusOrEmpty().pullRequest();
    if (intended(recorded)) {
      unrecorded.add(name);
      say(name, false, recorded, "ForgeUnavailable");
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

  private PullRequest request(State state, List<MergedValue> values) {
    OffsetDateTime now = world.now.atOffset(ZoneOffset.UTC);
    return new PullRequest(
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
  }

  private void set(String name, boolean revert, State state, List<MergedValue> values) {
    unrecorded.remove(name);
    OffsetDateTime now = world.now.atOffset(ZoneOffset.UTC);
    ConditionType type = revert ? ConditionType.RevertOpen : ConditionType.PullRequestOpen;
    ConditionType merged = revert ? ConditionType.RevertMerged : ConditionType.PullRequestMerged;
    write(
        name,
        revert,
        request(state, values),
        conditions -> {
          put(conditions, type, state == State.Open, reason(state), now);
          if (state != State.Open) {
            put(conditions, merged, state == State.Merged, reason(state), now);
          }
        });
  }

  /** What is recorded of one that is not open, and why it is not; null for no word at all. */
  private void say(
      String name, boolean revert, @Nullable PullRequest recorded, @Nullable String why) {
    ConditionType type = revert ? ConditionType.RevertOpen : ConditionType.PullRequestOpen;
    RemediationStatus before = world.remediations.get(name).statusOrEmpty();
    Condition said = before.condition(type);
    PullRequest was = revert ? before.revertPullRequest() : before.pullRequest();
    if (Objects.equals(was, recorded) && Objects.equals(said == null ? null : said.reason(), why)) {
      return;
    }
    write(
        name,
        revert,
        recorded,
        conditions -> {
          conditions.removeIf(condition -> condition.type().equals(type.name()));
          if (why != null) {
            put(conditions, type, false, why, world.now.atOffset(ZoneOffset.UTC));
          }
        });
  }

  private void write(
      String name,
      boolean revert,
      @Nullable PullRequest request,
      Consumer<List<Condition>> saying) {
    world.remediations.edit(
        name,
        status -> {
          List<Condition> conditions = new ArrayList<>(status.conditions());
          saying.accept(conditions);
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

  private static String reason(State state) {
    PullRequestReason reason =
        switch (state) {
          case Pending -> PullRequestReason.Pending;
          case Open -> PullRequestReason.Opened;
          case Merged -> PullRequestReason.Merged;
          case Closed -> PullRequestReason.Refused;
          case NotYetSynced -> PullRequestReason.NotYetSynced;
        };
    return reason.name();
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
