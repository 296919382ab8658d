// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import com.google.gson.Gson;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.operator.intent.EffectKind;

/** Names effects so that the same effect always has the same name. */
final class RecordedIntents {

  private static final Gson JSON = new Gson();

  private RecordedIntents() {}

  /** Digest of a whole action, arguments and where they are read from included. */
  static String digest(ActionSpec action) {
    return ActionDigest.of(JSON.toJsonTree(action));
  }

  /**
   * Whether the action is still the one that was let through; true where the record does not say.
   */
  static boolean same(RecordedIntent intent, Remediation remediation) {
    return intent.actionSha256() == null
        || intent.actionSha256().equals(digest(remediation.spec().action()));
  }

  /** What is being done, whatever the Remediation asks for by now. */
  static EffectKind kind(RecordedIntent intent, Remediation remediation) {
    return EffectKind.of(
        intent.action() == null ? remediation.spec().action().type() : intent.action());
  }

  /** {@code <uid of the Remediation>/<Apply or Undo>/<plan id>}. */
  static String key(Remediation remediation, RecordedIntent.Type type, String planId) {
    return remediation.getMetadata().getUid() + "/" + type + "/" + planId;
  }
}
