// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.policy;

import io.heal8s.core.api.Condition.Status;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicyStatus;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Decider;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.core.decide.policy.PolicyProblem;
import io.heal8s.core.status.Conditions;
import io.heal8s.operator.intent.WritePolicyStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says of a policy whether it is honoured. A namespace's own is judged without the cluster's. */
public final class PolicyDecider implements Decider<PolicySnapshot, WritePolicyStatus> {

  @Override
  public Decision<WritePolicyStatus> decide(PolicySnapshot observed, Instant now) {
    RemediationPolicy policy = observed.policy();
    Optional<Verdict> problem = problem(policy);
    RemediationPolicyStatus status = status(policy, problem, now);
    if (status.equals(policy.status())) {
      return Decision.nothing(Outcome.DONE);
    }
    List<Announcement> tell =
        problem
            .map(verdict -> Announcement.warning(verdict.reason().name(), verdict.message()))
            .stream()
            .toList();
    return new Decision<>(List.of(new WritePolicyStatus(policy, status)), Outcome.DONE, tell);
  }

  private static Optional<Verdict> problem(RemediationPolicy policy) {
    String name = policy.getMetadata().getName();
    if (!RemediationPolicy.NAME.equals(name)) {
      return Optional.of(
          new Verdict(
              PolicyReason.NotDefault,
              "only the RemediationPolicy named default is honoured; rename this one, or merge it"
                  + " into that one"));
    }
    List<PolicyProblem> problems = EffectivePolicy.of(policy.spec(), null).problems();
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    PolicyReason reason =
        switch (problems.getFirst().kind()) {
          case NotSupportedYet -> PolicyReason.NotSupportedYet;
          case InvalidValue -> PolicyReason.InvalidValue;
        };
    return Optional.of(
        new Verdict(
            reason,
            problems.stream().map(PolicyProblem::message).collect(Collectors.joining("; "))));
  }

  private static RemediationPolicyStatus status(
      RemediationPolicy policy, Optional<Verdict> problem, Instant now) {
    Long generation = Objects.requireNonNullElse(policy.getMetadata().getGeneration(), 0L);
    RemediationPolicyStatus held = policy.status();
    Verdict verdict =
        problem.orElseGet(() -> new Verdict(PolicyReason.Honoured, "the policy is honoured"));
    boolean stalled = problem.isPresent();
    Conditions conditions =
        Conditions.of(held == null ? null : held.conditions())
            .with(
                PolicyCondition.Ready,
                stalled ? Status.False : Status.True,
                verdict.reason(),
                verdict.message(),
                generation,
                now)
            .with(
                PolicyCondition.Stalled,
                stalled ? Status.True : Status.False,
                verdict.reason(),
                stalled ? verdict.message() : "",
                generation,
                now);
    return new RemediationPolicyStatus(generation, conditions.toList());
  }
}
