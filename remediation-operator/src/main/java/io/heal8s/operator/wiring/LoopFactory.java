// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.decide.IntentExecutor;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.Announcer;
import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.core.runtime.LoopSettings;
import io.heal8s.core.runtime.TracedExecutor;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.operator.act.EffectLedger;
import io.heal8s.operator.act.EffectRuns;
import io.heal8s.operator.act.EventSink;
import io.heal8s.operator.act.IntakeObserver;
import io.heal8s.operator.act.JudgedInputs;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.PolicySource;
import io.heal8s.operator.act.RemediationCache;
import io.heal8s.operator.act.RemediationExecutor;
import io.heal8s.operator.act.RemediationSpans;
import io.heal8s.operator.act.RemediationWriter;
import io.heal8s.operator.act.TargetObserver;
import io.heal8s.operator.act.Transitions;
import io.heal8s.operator.act.WorkloadChange;
import io.heal8s.operator.cluster.PolicyStatus;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.intent.WritePolicyStatus;
import io.heal8s.operator.lifecycle.IntakeDecider;
import io.heal8s.operator.lifecycle.IntakeJudge;
import io.heal8s.operator.lifecycle.IntakeSnapshot;
import io.heal8s.operator.lifecycle.TargetDecider;
import io.heal8s.operator.lifecycle.TargetJudge;
import io.heal8s.operator.lifecycle.TargetSnapshot;
import io.heal8s.operator.plan.dispatch.ActionPlanning;
import io.heal8s.operator.policy.PolicyDecider;
import io.heal8s.operator.policy.PolicySnapshot;
import io.heal8s.operator.target.TargetResolution;
import java.time.Duration;

/** Builds the two loops once it is known where the operator runs. */
final class LoopFactory {

  private static final Duration READS_AND_WRITES = Duration.ofMinutes(2);

  private final OperatorSettings settings;
  private final LoopEnvironment environment;
  private final RemediationCache cache;
  private final PolicySource policies;
  private final ObjectReader reader;
  private final PolicyStatus policyStatus;
  private final Announcer<PolicySnapshot> policyAnnouncer;
  private final EffectLedger ledger;
  private final IntentExecutor<RemediationIntent> executor;
  private final JudgedInputs<String> targets = new JudgedInputs<>();
  private final JudgedInputs<ObjectKey> arrivals = new JudgedInputs<>();

  LoopFactory(
      OperatorSettings settings,
      LoopEnvironment environment,
      RemediationCache cache,
      PolicySource policies,
      ObjectReader reader,
      RemediationWriter writer,
      WorkloadChange workloads,
      EffectRuns runs,
      EventSink events,
      Transitions transitions,
      PolicyStatus policyStatus,
      Announcer<PolicySnapshot> policyAnnouncer,
      Tracing tracing) {
    this.settings = settings;
    this.environment = environment;
    this.cache = cache;
    this.policies = policies;
    this.reader = reader;
    this.policyStatus = policyStatus;
    this.policyAnnouncer = policyAnnouncer;
    this.ledger = new EffectLedger(cache);
    this.executor =
        new TracedExecutor<>(
            new RemediationExecutor(
                writer, workloads, runs, ledger, events, transitions, targets, arrivals),
            tracing,
            environment.scheduler(),
            RemediationSpans::of);
  }

  /** Loop 1: one Remediation at a time, from its arrival to its first plan. */
  ControllerLoop<ObjectKey, IntakeSnapshot, RemediationIntent> arrivals(Site site) {
    IntakeJudge judge = new IntakeJudge(TargetResolution::resolve, ActionPlanning::plan);
    return new ControllerLoop<>(
        loop("remediation"),
        environment,
        new IntakeObserver(cache, policies, reader, judge, site, arrivals),
        new IntakeDecider(judge),
        executor,
        Announcer.silent());
  }

  /** Loop 2: one target at a time, from the plan to the end. */
  ControllerLoop<String, TargetSnapshot, RemediationIntent> targets(Site site) {
    TargetJudge judge = new TargetJudge(ActionPlanning::plan);
    return new ControllerLoop<>(
        targetLoop(settings),
        environment,
        new TargetObserver(cache, policies, reader, ledger, judge, site, targets),
        new TargetDecider(judge),
        executor,
        Announcer.silent());
  }

  /** The loop that tells people what is thought of their policies. */
  ControllerLoop<ObjectKey, PolicySnapshot, WritePolicyStatus> policies() {
    return new ControllerLoop<>(
        LoopSettings.of("remediationpolicy", 1),
        environment,
        policyStatus,
        new PolicyDecider(),
        policyStatus,
        policyAnnouncer);
  }

  /** A run of loop 2 may hold the longest effect, with time to read before and to write after. */
  static LoopSettings targetLoop(OperatorSettings settings) {
    return LoopSettings.of("target", settings.workers())
        .withInterval(settings.resyncInterval())
        .withRunTimeout(RemediationIntent.Effect.LONGEST.plus(READS_AND_WRITES));
  }

  private LoopSettings loop(String name) {
    return LoopSettings.of(name, settings.workers()).withInterval(settings.resyncInterval());
  }
}
