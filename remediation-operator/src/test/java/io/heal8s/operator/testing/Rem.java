// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.testing;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Detector;
import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Revert;
import io.heal8s.core.api.k8shealer.remediation.Severity;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.api.k8shealer.remediation.Verification;
import io.heal8s.core.api.k8shealer.remediation.Verify;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Remediation in the making; starts as one that was planned in git mode and waits at the gate.
 */
public final class Rem {

  /** The instant that offsets are from. */
  public static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

  /** Path of the memory limit that plans in tests change. */
  public static final String LIMIT =
      "spec.template.spec.containers[name=api].resources.limits.memory";

  private final V1ObjectMeta metadata = new V1ObjectMeta();
  private final Map<String, String> annotations = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final Map<String, String> params = new HashMap<>();

  private ActionType action = ActionType.IncreaseMemory;
  private String alert = "KubePodOOMKilled";
  private Instant startsAt = T0;
  private @Nullable Detector detector;
  private Strategy.Mode mode = Strategy.Mode.GitOps;
  private @Nullable Boolean approval;
  private String ttl = "24h";
  private String targetNamespace = "shop";
  private @Nullable Verify verify;
  private Target named = new Target(null, "Deployment", "api", "shop", "api");
  private @Nullable Map<String, Object> arguments;
  private @Nullable ArgumentsFrom argumentsFrom;
  private @Nullable String account;
  private @Nullable List<ActionSpec> escalate;

  private @Nullable ResolvedTarget target =
      new ResolvedTarget("apps/v1", "Deployment", "shop", "api", "uid-api", "api");
  private @Nullable Plan plan = plan("plan-1", "256Mi", "320Mi");
  private @Nullable Phase phase = Phase.Pending;
  private @Nullable String reason;
  private @Nullable String message;
  private @Nullable String joinedTo;
  private @Nullable RecordedIntent intent;
  private @Nullable Applied applied;
  private @Nullable Verification verification;
  private @Nullable PullRequest pullRequest;
  private @Nullable Revert revert;
  private @Nullable PullRequest revertPullRequest;
  private @Nullable OffsetDateTime appliedAt;
  private @Nullable OffsetDateTime resolvedAt;
  private @Nullable OffsetDateTime lastUpdate;
  private @Nullable Long observed = 1L;

  private Rem(String name) {
    metadata.setName(name);
    metadata.setNamespace("shop");
    metadata.setUid("uid-" + name);
    metadata.setResourceVersion("1");
    metadata.setGeneration(1L);
    metadata.setCreationTimestamp(time(Duration.ZERO));
  }

  /** One that waits at the gate. */
  public static Rem planned(String name) {
    return new Rem(name)
        .is(ConditionType.AlertReceived, true, "AlertReceived")
        .is(ConditionType.Planned, true, "Planned")
        .because("Planned");
  }

  /** One that nobody has looked at. */
  public static Rem fresh(String name) {
    Rem rem = new Rem(name);
    rem.target = null;
    rem.plan = null;
    rem.phase = null;
    rem.observed = null;
    return rem;
  }

  /** A plan that raises the limit of container api. */
  public static Plan plan(String id, String before, String after) {
    return new Plan(
        id,
        "c1",
        List.of(Change.of(LIMIT, before, after, Change.ValueType.string)),
        "-" + before + "\n+" + after,
        List.of(),
        "set " + LIMIT + " back to " + before,
        null);
  }

  /** Offset from T0 as the API writes times. */
  public static OffsetDateTime time(Duration offset) {
    return T0.plus(offset).atOffset(ZoneOffset.UTC);
  }

  public Rem asks(String apiVersion, String kind, String name) {
    this.named = new Target(apiVersion, kind, name, "shop", null);
    return this;
  }

  public Rem arguments(Map<String, Object> value) {
    this.arguments = value;
    return this;
  }

  public Rem from(ArgumentsFrom value) {
    this.argumentsFrom = value;
    return this;
  }

  public Rem as(String serviceAccount) {
    this.account = serviceAccount;
    return this;
  }

  public Rem in(String namespace) {
    metadata.setNamespace(namespace);
    return this;
  }

  public Rem targetNamespace(String namespace) {
    this.targetNamespace = namespace;
    return this;
  }

  public Rem created(Duration offset) {
    metadata.setCreationTimestamp(time(offset));
    this.startsAt = T0.plus(offset);
    return this;
  }

  public Rem startsAt(Duration offset) {
    this.startsAt = T0.plus(offset);
    return this;
  }

  public Rem deleting() {
    metadata.setDeletionTimestamp(time(Duration.ZERO));
    return this;
  }

  public Rem generation(long generation) {
    metadata.setGeneration(generation);
    return this;
  }

  public Rem action(@Nullable ActionType type) {
    this.action = type == null ? nullAction() : type;
    return this;
  }

  // Version skew: an enum value that this build does not know is read as null.
  @SuppressWarnings("NullAway")
  private static ActionType nullAction() {
    return null;
  }

  public Rem param(String name, String value) {
    params.put(name, value);
    return this;
  }

  public Rem alert(String name) {
    this.alert = name;
    return this;
  }

  public Rem detector(String kind) {
    this.detector = new Detector(kind, "d", null, "Reason");
    return this;
  }

  public Rem direct() {
    this.mode = Strategy.Mode.Direct;
    return this;
  }

  public Rem approval(boolean required) {
    this.approval = required;
    return this;
  }

  public Rem ttl(String text) {
    this.ttl = text;
    return this;
  }

  public Rem verify(@Nullable String query, @Nullable String condition) {
    this.verify = new Verify(null, null, query, condition);
    return this;
  }

  public Rem verifyTimes(String window, String healthyFor) {
    this.verify = new Verify(window, healthyFor, null, null);
    return this;
  }

  public Rem escalate() {
    this.escalate = List.of(ActionSpec.of(ActionType.ScaleUp, Map.of()));
    return this;
  }

  public Rem annotation(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  public Rem label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  public Rem container(String container) {
    this.target = new ResolvedTarget("apps/v1", "Deployment", "shop", "api", "uid-api", container);
    return this;
  }

  public Rem plan(@Nullable Plan value) {
    this.plan = value;
    return this;
  }

  public Rem phase(Phase value) {
    this.phase = value;
    return this;
  }

  public Rem because(String why) {
    this.reason = why;
    this.message = why + ".";
    return this;
  }

  public Rem message(String text) {
    this.message = text;
    return this;
  }

  public Rem joinedTo(String name) {
    this.joinedTo = name;
    return this;
  }

  public Rem updated(Duration offset) {
    this.lastUpdate = time(offset);
    return this;
  }

  /** A condition, transitioned at T0. */
  public Rem is(ConditionType type, boolean value, String why) {
    return is(type, value, why, Duration.ZERO);
  }

  public Rem is(ConditionType type, boolean value, String why, Duration since) {
    conditions.removeIf(condition -> condition.type().equals(type.name()));
    conditions.add(
        new Condition(
            type.name(),
            value ? Condition.Status.True : Condition.Status.False,
            1L,
            time(since),
            why,
            why + "."));
    return this;
  }

  /** Held by the gate for that reason. */
  public Rem held(String why) {
    return is(ConditionType.Gated, false, why).because(why);
  }

  public Rem stalled(String why, Duration since) {
    return is(ConditionType.Stalled, true, why, since).because(why);
  }

  public Rem awaitingApproval() {
    return direct().held("ApprovalRequired").phase(Phase.AwaitingApproval);
  }

  /** Let through; the pull request comes next. */
  public Rem gated() {
    return is(ConditionType.Gated, true, "ReadyToAct").because("ReadyToAct");
  }

  public Rem pullRequest(PullRequest.State state, String... mergedValues) {
    this.pullRequest = request(state, mergedValues);
    return this;
  }

  public Rem revertPullRequest(PullRequest.State state, String... mergedValues) {
    this.revertPullRequest = request(state, mergedValues);
    return this;
  }

  private static PullRequest request(PullRequest.State state, String... mergedValues) {
    List<MergedValue> values = new ArrayList<>();
    for (String value : mergedValues) {
      values.add(new MergedValue(LIMIT, value, null, null));
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
        time(Duration.ZERO),
        merged ? time(Duration.ZERO) : null,
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
        new Applied(time(at), "plan-1", via, plan == null ? List.of() : plan.changes(), null, null);
    return this;
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
      if (mode == Strategy.Mode.GitOps) {
        syncing(started);
      } else {
        gated().applied(started, Strategy.Mode.Direct);
      }
    }
    this.appliedAt = time(started);
    this.verification =
        new Verification(
            time(started), healthySince == null ? null : time(healthySince), restarts, null);
    return is(ConditionType.Applied, true, "RemediationApplied")
        .is(ConditionType.Verified, false, "Verifying")
        .phase(Phase.Verifying)
        .because("Verifying");
  }

  /** A plan without changes, being verified. */
  public Rem verifyingNothing(String reason, boolean waited) {
    this.plan = new Plan("plan-0", "c1", List.of(), "", List.of(), "none: nothing", null);
    this.verification = new Verification(time(Duration.ZERO), null, null, null);
    return is(ConditionType.Gated, true, waited ? "NothingLeftToDo" : "NothingToDo")
        .is(ConditionType.Applied, true, reason)
        .phase(Phase.Verifying)
        .because("Verifying");
  }

  /** Healthy since then, at its first look. */
  public Rem healthySince(Duration since) {
    this.verification = new Verification(time(Duration.ZERO), time(since), 0, null);
    return this;
  }

  public Rem intent(RecordedIntent.Type type) {
    this.intent = new RecordedIntent(type, "plan-1", "key", time(Duration.ZERO), null);
    return gated()
        .phase(Phase.Applying)
        .because(type == RecordedIntent.Type.Apply ? "ApplyRecorded" : "Undoing");
  }

  /** The recorded effect is made as that account. */
  public Rem madeAs(String serviceAccount) {
    RecordedIntent made = Objects.requireNonNull(intent);
    this.intent =
        new RecordedIntent(
            made.type(), made.planId(), made.key(), made.recordedAt(), serviceAccount);
    return this;
  }

  public Rem revertAsked(Duration at) {
    this.revert =
        new Revert(
            List.of(Change.of(LIMIT, "320Mi", "256Mi", Change.ValueType.string)),
            "not healthy",
            time(at));
    return phase(Phase.Applying).because("Undoing");
  }

  public Rem ended(Phase end, String why, Duration at) {
    this.resolvedAt = time(at);
    return phase(end).because(why);
  }

  /** The object. */
  public Remediation build() {
    metadata.setAnnotations(annotations.isEmpty() ? null : annotations);
    metadata.setLabels(labels.isEmpty() ? null : labels);
    Alert asked =
        detector == null
            ? new Alert(
                alert,
                "f1",
                "alertmanager",
                Severity.critical,
                null,
                startsAt.atOffset(ZoneOffset.UTC),
                null)
            : null;
    RemediationSpec spec =
        new RemediationSpec(
            asked,
            detector,
            new Target(
                named.apiVersion(), named.kind(), named.name(), targetNamespace, named.container()),
            new ActionSpec(action, params, arguments, argumentsFrom),
            new Strategy(mode, approval, null, ttl),
            null,
            null,
            verify,
            escalate,
            account);
    RemediationStatus status =
        phase == null
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
    return new Remediation(Remediation.API_VERSION, Remediation.KIND, metadata, spec, status);
  }
}
