// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.JsonPatch;
import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.operator.act.WorkloadPatcher;
import io.heal8s.operator.act.patch.ChangedObject;
import io.heal8s.operator.target.LiveObject;
import org.jspecify.annotations.Nullable;

/** Patches workloads; the operations carry their own tests. */
public final class ClusterPatcher implements WorkloadPatcher {

  private final KubernetesApi api;
  private final JsonPatcher own;

  /** Patches through that transport. */
  public ClusterPatcher(KubernetesApi api) {
    this.api = api;
    this.own = new JsonPatcher(api, OperatorWriter.FIELD_MANAGER);
  }

  @Override
  public Answer<LiveObject> patch(
      ChangedObject object, JsonArray operations, @Nullable String account) {
    ResourceType<JsonObject> type =
        Kinds.find(object.apiVersion(), object.kind())
            .orElseThrow(
                () -> new IllegalStateException("read, but not a kind to change: " + object));
    JsonPatcher patcher =
        account == null
            ? own
            : new JsonPatcher(
                api.asServiceAccount(object.namespace(), account), OperatorWriter.FIELD_MANAGER);
    return patcher
        .patch(
            type,
            new ObjectKey(object.namespace(), object.name()),
            Precondition.NONE,
            JsonPatch.of(operations))
        .map(LiveObject::new);
  }
}
