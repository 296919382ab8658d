// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.testing;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the judgement says of a Remediation in the making: its plan, its phase and why. */
abstract class StatedRem extends AskedRem {

  final List<Condition> conditions = new ArrayList<>();
  @Nullable ResolvedTarget target =
      new ResolvedTarget("apps/v1", "Deployment", "shop", "api", "uid-api", "api");
  @Nullable Plan plan = Rem.plan("plan-1", "256Mi", "320Mi");
  @Nullable Phase phase = Phase.Pending;
  @Nullable String reason;
  @Nullable String message;
  @Nullable String joinedTo;
  @Nullable OffsetDateTime lastUpdate;
  @Nullable Long observed = 1L;

  StatedRem(String name) {
    super(name);
  }

  public Rem container(String container) {
    this.target = new ResolvedTarget("apps/v1", "Deployment", "shop", "api", "uid-api", container);
    return self();
  }

  public Rem plan(@Nullable Plan value) {
    this.plan = value;
    return self();
  }

  public Rem phase(Phase value) {
    this.phase = value;
    return self();
  }

  public Rem because(String why) {
    this.reason = why;
    this.message = why + ".";
    return self();
  }

  public Rem message(String text) {
    this.message = text;
    return self();
  }

  public Rem joinedTo(String name) {
    this.joinedTo = name;
    return self();
  }

  public Rem updated(Duration offset) {
    this.lastUpdate = Rem.time(offset);
    return self();
  }

  /** A condition, transitioned at Rem.T0. */
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
            Rem.time(since),
            why,
            why + "."));
    return self();
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
}
