// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Change;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.operator.cluster.StoredRemediations;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.gate.Standing;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.intent.WritePolicyStatus;
import io.heal8s.operator.lifecycle.IntakeSnapshot;
import io.heal8s.operator.lifecycle.TargetKeys;
import io.heal8s.operator.lifecycle.TargetSnapshot;
import io.heal8s.operator.policy.PolicySnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the loops once this process may work and it is known which cluster this is, and hands them
 * the keys of what changes.
 */
final class OperatorLoops {

  private static final Logger log = LoggerFactory.getLogger(OperatorLoops.class);

  private final SiteFinder sites;
  private final BooleanSupplier mayWork;
  private final LoopFactory factory;
  private final Store<Remediation> remediations;
  private final Store<RemediationPolicy> policies;

  private volatile @Nullable Site site;

  private record Loops(
      ControllerLoop<ObjectKey, IntakeSnapshot, RemediationIntent> arrivals,
      ControllerLoop<String, TargetSnapshot, RemediationIntent> targets,
      ControllerLoop<ObjectKey, PolicySnapshot, WritePolicyStatus> policies) {

    void changed(Change<Remediation> change) {
      if (change.listed()) {
        Stream.of(change.before(), change.after())
            .filter(Objects::nonNull)
            .forEach(this::addInBackground);
        return;
      }
      arrivals.add(change.key());
      addTarget(change.before());
      addTarget(change.after());
    }

    private void addTarget(@Nullable Remediation remediation) {
      if (remediation != null) {
        targetKeys(remediation).forEach(targets::add);
      }
    }

    void addInBackground(Remediation remediation) {
      arrivals.addInBackground(ObjectKey.of(remediation.getMetadata()));
      targetKeys(remediation).forEach(targets::addInBackground);
    }

    private static List<String> targetKeys(Remediation remediation) {
      String target = StoredRemediations.targetKey(remediation);
      if (target == null) {
        return List.of();
      }
      boolean call =
          remediation.statusOrEmpty().intent() != null && new Standing(remediation).onlyTells();
      return call ? List.of(target, TargetKeys.ofCalls(target)) : List.of(target);
    }
  }

  OperatorLoops(
      SiteFinder sites,
      BooleanSupplier mayWork,
      LoopFactory factory,
      Store<Remediation> remediations,
      Store<RemediationPolicy> policies) {
    this.sites = sites;
    this.mayWork = mayWork;
    this.factory = factory;
    this.remediations = remediations;
    this.policies = policies;
  }

  /** Whether {@link #begin} may be called; asks the API server which cluster this is. */
  boolean mayBegin() {
    Optional<Site> found = mayWork.getAsBoolean() ? sites.find() : Optional.empty();
    site = found.orElse(null);
    return found.isPresent();
  }

  void begin() {
    Site here = Objects.requireNonNull(site, "mayBegin was not asked");
    Loops loops = new Loops(factory.arrivals(here), factory.targets(here), factory.policies());
    remediations.onChange(loops::changed);
    AtomicBoolean told = new AtomicBoolean();
    policies.onChange(
        change -> {
          loops.policies().add(change.key());
          // Every Remediation is in the queue when the known policies are told; a policy that
          // changes later may let any of them go on, and what is at rest costs nothing to look at.
          if (told.get()) {
            remediations.all().forEach(loops::addInBackground);
          }
        });
    told.set(true);
    loops.arrivals().start();
    loops.targets().start();
    loops.policies().start();
    log.atInfo().addKeyValue("cluster", here.cluster()).log("Operator works");
  }
}
