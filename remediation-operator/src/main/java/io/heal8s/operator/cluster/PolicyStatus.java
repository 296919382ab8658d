// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicyStatus;
import io.heal8s.core.decide.IntentExecutor;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.observe.OwnWrites;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.Observation;
import io.heal8s.core.runtime.Observer;
import io.heal8s.core.status.StatusWriter;
import io.heal8s.core.status.StatusWriter.Written;
import io.heal8s.operator.intent.WritePolicyStatus;
import io.heal8s.operator.policy.PolicyReason;
import io.heal8s.operator.policy.PolicySnapshot;

/** Reads policies from their cache and writes their status. */
public final class PolicyStatus
    implements Observer<ObjectKey, PolicySnapshot>, IntentExecutor<WritePolicyStatus> {

  private static final RemediationPolicyStatus NONE = new RemediationPolicyStatus(null, null);

  private final Store<RemediationPolicy> store;
  private final OwnWrites ownWrites;
  private final StatusWriter<RemediationPolicy> writer;

  /** Reads that store and writes through that applier. */
  public PolicyStatus(
      Store<RemediationPolicy> store, OwnWrites ownWrites, ServerSideApplier applier) {
    this.store = store;
    this.ownWrites = ownWrites;
    this.writer = new StatusWriter<>(ServedKinds.REMEDIATION_POLICIES, applier, ownWrites);
  }

  @Override
  public Observation<PolicySnapshot> observe(ObjectKey key, RunContext run) {
    if (ownWrites.behind(key)) {
      return new Observation.Behind<>();
    }
    return store
        .get(key)
        .<Observation<PolicySnapshot>>map(
            policy -> new Observation.Seen<>(new PolicySnapshot(policy)))
        .orElseGet(Observation.Absent::new);
  }

  @Override
  public Outcome execute(WritePolicyStatus intent, RunContext run) {
    RemediationPolicyStatus held = intent.policy().status();
    return switch (writer.write(intent.policy(), held == null ? NONE : held, intent.status())) {
      case Written.Changed(), Written.Unchanged() -> Outcome.DONE;
      case Written.Refused(ApiFailure failure) -> failure.outcome(PolicyReason.WriteFailed);
    };
  }
}
