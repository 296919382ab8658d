// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Change;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.operator.cluster.StoredRemediations;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.intent.WritePolicyStatus;
import io.heal8s.operator.lifecycle.IntakeSnapshot;
import io.heal8s.operator.lifecycle.TargetSnapshot;
import io.heal8s.operator.policy.PolicySnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the loops once this process leads, its caches are whole and it is known which cluster this
 * is, and hands them the keys of what changes. A lease that is lost ends the process.
 */
final class OperatorLoops implements SmartLifecycle {

  /** After the caches, which are phase 0. */
  private static final int PHASE = 1;

  private static final Duration TRY_AGAIN = Duration.ofMillis(250);
  private static final Duration GRACE = Duration.ofSeconds(8);

  private static final Logger log = LoggerFactory.getLogger(OperatorLoops.class);

  private final SiteFinder sites;
  private final BooleanSupplier mayWork;
  private final LoopFactory factory;
  private final Store<Remediation> remediations;
  private final Store<RemediationPolicy> policies;
  private final Scheduler scheduler;

  private volatile boolean running;
  private volatile @Nullable Loops loops;

  private record Loops(
      ControllerLoop<ObjectKey, IntakeSnapshot, RemediationIntent> arrivals,
      ControllerLoop<String, TargetSnapshot, RemediationIntent> targets,
      ControllerLoop<ObjectKey, PolicySnapshot, WritePolicyStatus> policies) {

    void changed(Change<Remediation> change) {
      arrivals.add(change.key());
      addTarget(change.before());
      addTarget(change.after());
    }

    private void addTarget(@Nullable Remediation remediation) {
      String target = remediation == null ? null : StoredRemediations.targetKey(remediation);
      if (target != null) {
        targets.add(target);
      }
    }

    void addInBackground(Remediation remediation) {
      arrivals.addInBackground(ObjectKey.of(remediation.getMetadata()));
      String target = StoredRemediations.targetKey(remediation);
      if (target != null) {
        targets.addInBackground(target);
      }
    }
  }

  OperatorLoops(
      SiteFinder sites,
      BooleanSupplier mayWork,
      LoopFactory factory,
      Store<Remediation> remediations,
      Store<RemediationPolicy> policies,
      Scheduler scheduler) {
    this.sites = sites;
    this.mayWork = mayWork;
    this.factory = factory;
    this.remediations = remediations;
    this.policies = policies;
    this.scheduler = scheduler;
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("operator-start").start(this::tryStart);
  }

  private void tryStart() {
    if (!running) {
      return;
    }
    Optional<Site> site = mayWork.getAsBoolean() ? sites.find() : Optional.empty();
    if (site.isPresent()) {
      begin(site.get());
    } else {
      scheduler.after(
          TRY_AGAIN, () -> Thread.ofVirtual().name("operator-start").start(this::tryStart));
    }
  }

  private void begin(Site site) {
    Loops started = new Loops(factory.arrivals(site), factory.targets(site), factory.policies());
    loops = started;
    remediations.onChange(started::changed);
    // A policy may let anything go on; what is at rest costs nothing to look at.
    policies.onChange(
        change -> {
          started.policies().add(change.key());
          remediations.all().forEach(started::addInBackground);
        });
    remediations.all().forEach(started::addInBackground);
    policies.all().forEach(policy -> started.policies().add(ObjectKey.of(policy.getMetadata())));
    started.arrivals().start();
    started.targets().start();
    started.policies().start();
    log.atInfo().addKeyValue("cluster", site.cluster()).log("Operator works");
  }

  @Override
  public void stop() {
    running = false;
    Loops started = loops;
    if (started == null) {
      return;
    }
    try {
      started.arrivals().stop(GRACE);
      started.targets().stop(GRACE);
      started.policies().stop(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
