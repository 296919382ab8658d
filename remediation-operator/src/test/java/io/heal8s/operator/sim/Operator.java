// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.Observation;
import io.heal8s.operator.act.EffectLedger;
import io.heal8s.operator.act.EffectRuns;
import io.heal8s.operator.act.IntakeObserver;
import io.heal8s.operator.act.JudgedInputs;
import io.heal8s.operator.act.RemediationExecutor;
import io.heal8s.operator.act.TargetObserver;
import io.heal8s.operator.act.WorkloadChange;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.lifecycle.IntakeDecider;
import io.heal8s.operator.lifecycle.IntakeJudge;
import io.heal8s.operator.lifecycle.IntakeSnapshot;
import io.heal8s.operator.lifecycle.TargetDecider;
import io.heal8s.operator.lifecycle.TargetJudge;
import io.heal8s.operator.lifecycle.TargetKeys;
import io.heal8s.operator.lifecycle.TargetSnapshot;
import io.heal8s.operator.plan.dispatch.ActionPlanning;
import io.heal8s.operator.target.TargetResolution;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One process of the operator: the two loops as wired for real, run by hand. */
final class Operator {

  private static final Site SITE = new Site("c1", "heal8s-system");

  private final World world;
  private final IntakeObserver intake;
  private final TargetObserver targets;
  private final IntakeDecider intakeDecider;
  private final TargetDecider targetDecider;
  private final RemediationExecutor executor;

  /** A key that waits after an effect, as long as nobody wrote anything. */
  private record Pause(Instant until, long seen) {}

  private final Map<String, Pause> pauses = new HashMap<>();

  /** When each key wants to be looked at again without an event. */
  final TreeMap<String, Instant> due = new TreeMap<>();

  Operator(World world) {
    this.world = world;
    world.restarted();
    JudgedInputs<String> judgedTargets = new JudgedInputs<>();
    JudgedInputs<ObjectKey> judgedArrivals = new JudgedInputs<>();
    EffectLedger ledger = new EffectLedger(world.remediations);
    IntakeJudge intakeJudge = new IntakeJudge(TargetResolution::resolve, ActionPlanning::plan);
    TargetJudge targetJudge = new TargetJudge(ActionPlanning::plan);
    this.intake =
        new IntakeObserver(
            world.remediations, world, world.workload, intakeJudge, SITE, judgedArrivals);
    this.targets =
        new TargetObserver(
            world.remediations, world, world.workload, ledger, targetJudge, SITE, judgedTargets);
    this.intakeDecider = new IntakeDecider(intakeJudge);
    this.targetDecider = new TargetDecider(targetJudge);
    this.executor =
        new RemediationExecutor(
            world.remediations,
            new WorkloadChange(world.workload, world.workload),
            new EffectRuns(
                world.workload,
                world.outside,
                world.outside,
                world.workload,
                world.remediations,
                1),
            ledger,
            world,
            (before, after) -> {},
            judgedTargets,
            judgedArrivals);
  }

  /** Runs both loops at this instant until nothing is written any more. */
  void settle() {
    for (int round = 0; round < 100; round++) {
      world.remediations.sync();
      int before = world.calls.made;
      once();
      if (world.calls.made == before && round > 0) {
        return;
      }
    }
    throw new AssertionError("never settles: " + world.remediations.all());
  }

  /** Each key once. */
  void once() {
    for (Remediation remediation : world.remediations.all()) {
      arrival(ObjectKey.of(remediation.getMetadata()));
    }
    world.remediations.all().stream()
        .map(remediation -> remediation.statusOrEmpty().target())
        .filter(java.util.Objects::nonNull)
        .map(ResolvedTarget::key)
        .distinct()
        .flatMap(key -> Stream.of(key, TargetKeys.ofCalls(key)))
        .forEach(this::target);
  }

  private void arrival(ObjectKey key) {
    RunContext run = run();
    due.remove(key.toString());
    if (intake.observe(key, run) instanceof Observation.Seen<IntakeSnapshot>(var snapshot)) {
      Decision<RemediationIntent> decision = intakeDecider.decide(snapshot, run.now());
      execute(decision, run, key.toString());
    }
  }

  private void target(String key) {
    Pause pause = pauses.remove(key);
    if (pause != null
        && world.now.isBefore(pause.until())
        && pause.seen() == world.remediations.seen()) {
      pauses.put(key, pause);
      return;
    }
    RunContext run = run();
    due.remove(key);
    if (targets.observe(key, run) instanceof Observation.Seen<TargetSnapshot>(var snapshot)) {
      Decision<RemediationIntent> decision = targetDecider.decide(snapshot, run.now());
      execute(decision, run, key);
    }
  }

  private void execute(Decision<RemediationIntent> decision, RunContext run, String key) {
    wake(key, decision.outcome());
    boolean allDone = true;
    for (RemediationIntent intent : decision.intents()) {
      if (!allDone && !intent.standsAlone()) {
        continue;
      }
      Outcome outcome = executor.execute(intent, run);
      if (!(outcome instanceof Outcome.Done)) {
        allDone = false;
        wake(key, outcome);
        Instant next = due.get(key);
        if (next != null && !next.isBefore(world.now.plusSeconds(1))) {
          pauses.put(key, new Pause(next, world.remediations.seen()));
        }
      }
    }
  }

  private void wake(String key, Outcome outcome) {
    @Nullable Instant at =
        switch (outcome) {
          case Outcome.Done _ -> null;
          case Outcome.Waiting(Duration after, var ignored) -> world.now.plus(after);
          case Outcome.Stalled(var ignored, var message, Instant deadline) -> deadline;
          case Outcome.Retry _ -> world.now.plusSeconds(1);
        };
    if (at != null) {
      due.put(key, at);
    }
  }

  private RunContext run() {
    return new RunContext("run", world.now, world.now.plusSeconds(60));
  }
}
