// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import com.google.gson.Gson;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.decide.naming.ActionDigest;
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

  private static final Gson JSON = new Gson();

  private PlanId() {}

  static String of(String targetUid, ActionSpec action, List<Change> changes) {
    return of(targetUid, action, changes, "");
  }

  static String of(String targetUid, ActionSpec action, List<Change> changes, String effect) {
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
    // Only where there are any: the ids of plans without them stay what they were.
    if (action.arguments() != null) {
      hash.text(ActionDigest.of(JSON.toJsonTree(action.arguments())));
    }
    ArgumentsFrom from = action.argumentsFrom();
    if (from != null) {
      hash.text(from.kind()).text(from.name()).text(from.uid());
      hash.number(from.actionIndex()).text(from.sha256());
    }
    if (!effect.isEmpty()) {
      hash.text(effect);
    }
    return hash.hex(DIGITS);
  }
}
