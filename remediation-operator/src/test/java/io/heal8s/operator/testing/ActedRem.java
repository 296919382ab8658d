// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.testing;

import com.google.gson.Gson;
import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Revert;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.core.api.k8shealer.remediation.Verification;
import io.heal8s.core.decide.naming.ActionDigest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of a Remediation in the making: effects, proof and end. */
abstract class ActedRem extends StatedRem {

  private @Nullable RecordedIntent intent;
  private @Nullable Applied applied;
  private @Nullable Verification verification;
  private @Nullable PullRequest pullRequest;
  private @Nullable Revert revert;
  private @Nullable PullRequest revertPullRequest;
  private @Nullable OffsetDateTime appliedAt;
  private @Nullable OffsetDateTime resolvedAt;

  ActedRem(String name) {
    super(name);
  }

  /** Everything that was said and done; null for one that nobody has looked at. */
  final @Nullable RemediationStatus status() {
    return phase == null
        ? null
        : new RemediationStatus(
            observed,
            phase,
            reason,
            message,
            target,
            joinedTo,
            plan,
            intent,
            applied,
            verification,
            null,
            pullRequest,
            revert,
            revertPullRequest,
            null,
            null,
            null,
            appliedAt,
            resolvedAt,
            lastUpdate,
            conditions);
  }

  public Rem pullRequest(PullRequest.State state, String... mergedValues) {
    this.pullRequest = request(state, mergedValues);
    return self();
  }

  public Rem revertPullRequest(PullRequest.State state, String... mergedValues) {
    this.revertPullRequest = request(state, mergedValues);
    return self();
  }

  private static PullRequest request(PullRequest.State state, String... mergedValues) {
    List<MergedValue> values = new ArrayList<>();
    for (String value : mergedValues) {
      values.add(new MergedValue(Rem.LIMIT, value, null, null));
    }
    boolean merged = state == PullRequest.State.Merged;
    return new PullRequest(
        state,
        "git",
        "heal8s/b",
        null,
        "https://git/b",
        "head",
        "base",
        null,
        Rem.time(Duration.ZERO),
        merged ? Rem.time(Duration.ZERO) : null,
        null,
        values,
        null);
  }

  /** Open at the forge. */
  public Rem proposed() {
    return gated()
        .pullRequest(PullRequest.State.Open)
        .is(ConditionType.PullRequestOpen, true, "Open")
        .phase(Phase.PRCreated)
        .because("PullRequestOpen");
  }

  /** The effect has begun. */
  public Rem applied(Duration at, Strategy.Mode via) {
    this.applied =
        new Applied(
            Rem.time(at), "plan-1", via, plan == null ? List.of() : plan.changes(), null, null);
    return self();
  }

  /** The effect was made as that account. */
  public Rem appliedAs(String serviceAccount) {
    Applied made = Objects.requireNonNull(applied);
    this.applied =
        new Applied(
            made.at(),
            made.planId(),
            Strategy.Mode.Direct,
            made.changes(),
            made.generation(),
            serviceAccount);
    return self();
  }

  /** Merged, not live. */
  public Rem syncing(Duration at) {
    return proposed()
        .pullRequest(PullRequest.State.Merged, "320Mi")
        .applied(at, Strategy.Mode.GitOps)
        .is(ConditionType.Applied, false, "Merged")
        .phase(Phase.Applying)
        .because("Merged");
  }

  /** Live since then, being verified. */
  public Rem verifying(
      Duration started, @Nullable Duration healthySince, @Nullable Integer restarts) {
    if (applied == null) {
      if (mode() == Strategy.Mode.GitOps) {
        syncing(started);
      } else {
        gated().applied(started, Strategy.Mode.Direct);
      }
    }
    this.appliedAt = Rem.time(started);
    this.verification =
        new Verification(
            Rem.time(started),
            healthySince == null ? null : Rem.time(healthySince),
            restarts,
            null);
    return is(ConditionType.Applied, true, "RemediationApplied")
        .is(ConditionType.Verified, false, "Verifying")
        .phase(Phase.Verifying)
        .because("Verifying");
  }

  /** A plan without changes, being verified. */
  public Rem verifyingNothing(String reason, boolean waited) {
    this.plan = new Plan("plan-0", "c1", List.of(), "", List.of(), "none: nothing", null);
    this.verification = new Verification(Rem.time(Duration.ZERO), null, null, null);
    return is(ConditionType.Gated, true, waited ? "NothingLeftToDo" : "NothingToDo")
        .is(ConditionType.Applied, true, reason)
        .phase(Phase.Verifying)
        .because("Verifying");
  }

  /** Healthy since then, at its first look. */
  public Rem healthySince(Duration since) {
    this.verification = new Verification(Rem.time(Duration.ZERO), Rem.time(since), 0, null);
    return self();
  }

  public Rem intent(RecordedIntent.Type type) {
    this.intent =
        new RecordedIntent(type, "plan-1", "key", Rem.time(Duration.ZERO), null, null, null);
    return gated()
        .phase(Phase.Applying)
        .because(type == RecordedIntent.Type.Apply ? "ApplyRecorded" : "Undoing");
  }

  /** The recorded effect is that of the action as it is now; a later one is an edit. */
  public Rem letThrough() {
    RecordedIntent made = Objects.requireNonNull(intent);
    this.intent =
        new RecordedIntent(
            made.type(),
            made.planId(),
            made.key(),
            made.recordedAt(),
            made.account(),
            asked().type(),
            ActionDigest.of(new Gson().toJsonTree(asked())));
    return self();
  }

  /** The effect was recorded then. */
  public Rem recorded(Duration at) {
    RecordedIntent made = Objects.requireNonNull(intent);
    this.intent =
        new RecordedIntent(
            made.type(),
            made.planId(),
            made.key(),
            Rem.time(at),
            made.account(),
            made.action(),
            made.actionSha256());
    return self();
  }

  /** The recorded effect has that key. */
  public Rem keyed(String key) {
    RecordedIntent made = Objects.requireNonNull(intent);
    this.intent =
        new RecordedIntent(
            made.type(), made.planId(), key, made.recordedAt(), made.account(), null, null);
    return self();
  }

  /** The recorded effect is made as that account. */
  public Rem madeAs(String serviceAccount) {
    RecordedIntent made = Objects.requireNonNull(intent);
    this.intent =
        new RecordedIntent(
            made.type(), made.planId(), made.key(), made.recordedAt(), serviceAccount, null, null);
    return self();
  }

  public Rem revertAsked(Duration at) {
    this.revert =
        new Revert(
            List.of(Change.of(Rem.LIMIT, "320Mi", "256Mi", Change.ValueType.string)),
            "not healthy",
            Rem.time(at));
    return phase(Phase.Applying).because("Undoing");
  }

  public Rem ended(Phase end, String why, Duration at) {
    this.resolvedAt = Rem.time(at);
    return phase(end).because(why);
  }
}
