// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.PatchSender;
import io.heal8s.operator.act.ObjectPatcher;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.target.LiveObject;

/** Sends patches to the API server as their accounts. */
public final class ClusterObjectPatcher implements ObjectPatcher {

  private final KubernetesApi api;

  /** Sends through that transport; its own identity must be allowed to be the account. */
  public ClusterObjectPatcher(KubernetesApi api) {
    this.api = api;
  }

  @Override
  public Answer<LiveObject> patch(Effect.Patch patch, String key) {
    ResolvedTarget target = patch.target();
    KubernetesApi as = api.asServiceAccount(target.namespace(), patch.account());
    PatchBody body = new PatchBody(patch.request(), patch.read());
    return new PatchSender(as, OperatorWriter.FIELD_MANAGER)
        .send(
            Kinds.find(target.apiVersion(), target.kind()).orElseThrow(),
            new ObjectKey(target.namespace(), target.name()),
            body.kind(),
            body.with(key).toString())
        .map(LiveObject::new);
  }
}
