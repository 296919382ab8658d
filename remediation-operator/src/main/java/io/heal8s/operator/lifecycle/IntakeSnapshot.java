// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Snapshot;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.target.Known;
import org.jspecify.annotations.Nullable;

/**
 * One Remediation that may have no target and no plan yet.
 *
 * @param remediation the object
 * @param policy rules of the namespace that it targets
 * @param inputsChanged whether the policy is another one than when it was last judged by this
 *     process; true for the first time
 * @param site where this operator runs
 * @param known what was read in this run
 * @param failure why something could not be read; null when nothing failed
 */
public record IntakeSnapshot(
    Remediation remediation,
    EffectivePolicy policy,
    boolean inputsChanged,
    Site site,
    Known known,
    @Nullable ReadFailure failure)
    implements Snapshot {

  /**
   * A reading that failed.
   *
   * @param what what could not be read and why, a sentence
   * @param cause the failure; null when another try would fail as well
   */
  public record ReadFailure(String what, @Nullable Throwable cause) {}

  /** The same with more read. */
  public IntakeSnapshot with(Known more) {
    return new IntakeSnapshot(remediation, policy, inputsChanged, site, more, null);
  }

  /** The same after a reading that failed. */
  public IntakeSnapshot with(ReadFailure failed) {
    return new IntakeSnapshot(remediation, policy, inputsChanged, site, known, failed);
  }
}
