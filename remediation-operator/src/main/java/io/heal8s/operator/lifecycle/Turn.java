// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.gate.GateRequest;
import io.heal8s.operator.gate.Standing;
import io.heal8s.operator.target.Known;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One Remediation's turn in the judgement of its target.
 *
 * @param snapshot what is known of the target
 * @param self whose turn it is
 * @param others the others, with what was decided for them in this run already
 * @param mergeSeen whether this run sees the merge of another one
 * @param now the time that counts
 */
record Turn(
    TargetSnapshot snapshot, Standing self, List<Standing> others, boolean mergeSeen, Instant now) {

  Remediation remediation() {
    return self.remediation();
  }

  RemediationStatus status() {
    return self.status();
  }

  /** The one whose turn it is, as it is recorded and counted, whatever this run makes of it. */
  Standing recorded() {
    return snapshot.remediations().stream()
        .map(Standing::new)
        .filter(self::isSameObjectAs)
        .findFirst()
        .orElse(self);
  }

  EffectivePolicy policy() {
    return snapshot.policy();
  }

  Known known() {
    return snapshot.known();
  }

  /** The resolved target; loop 2 only ever sees Remediations that have one. */
  ResolvedTarget target() {
    return Objects.requireNonNull(status().target());
  }

  /** The plan; written together with the target. */
  Plan plan() {
    return Objects.requireNonNull(status().plan());
  }

  GateRequest gateRequest() {
    return new GateRequest(
        self,
        others,
        snapshot.arriving().stream().map(Standing::new).toList(),
        policy(),
        snapshot.site());
  }

  /** Whether that one waits for this one. */
  boolean joinedBy(Standing other) {
    String name =
        other.namespace().equals(self.namespace())
            ? self.name()
            : self.namespace() + "/" + self.name();
    return name.equals(other.status().joinedTo());
  }

  StatusDraft draft() {
    return StatusDraft.of(remediation(), now);
  }

  /** Whether the spec was edited since it was last judged. */
  boolean edited() {
    Long generation = remediation().getMetadata().getGeneration();
    return !Objects.equals(generation, status().observedGeneration());
  }

  /** Whether a person's change may have made another judgement of what is at rest. */
  boolean inputsChanged() {
    return snapshot.inputsChanged() || edited();
  }
}
