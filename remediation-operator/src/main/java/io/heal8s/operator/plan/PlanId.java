// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.decide.naming.StableHash;
import java.util.List;
import java.util.TreeMap;

/**
 * Identity of a plan: hash of target uid, action, arguments and changes. Generation and time are
 * not in it, so an approval survives what does not change the plan.
 */
final class PlanId {

  /** 128 bits: an approval is bound to it, so nobody may find a second plan with the same id. */
  private static final int DIGITS = 32;

  private PlanId() {}

  static String of(String targetUid, ActionSpec action, List<Change> changes) {
    StableHash hash =
        new StableHash()
            .text(targetUid)
            .text(action.type() == null ? null : action.type().name())
            .number(action.params().size());
    new TreeMap<>(action.params()).forEach((name, value) -> hash.text(name).text(value));
    hash.number(changes.size());
    for (Change change : changes) {
      hash.text(change.apiVersion()).text(change.kind()).text(change.name());
      hash.text(change.path()).text(change.before()).text(change.after());
    }
    return hash.hex(DIGITS);
  }
}
