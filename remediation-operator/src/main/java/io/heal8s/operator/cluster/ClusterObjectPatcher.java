// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.PatchSender;
import io.heal8s.operator.act.ObjectPatcher;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.plan.patchresource.PatchTarget;
import io.heal8s.operator.target.LiveObject;

/**
 * Sends a patch together with what makes it safe to look for: the resourceVersion that was read,
 * and an annotation with the key of the intent. The server takes all of it or nothing.
 */
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
    return new PatchSender(as, OperatorWriter.FIELD_MANAGER)
        .send(
            Kinds.find(target.apiVersion(), target.kind()).orElseThrow(),
            new ObjectKey(target.namespace(), target.name()),
            kind(patch.request().kind()),
            body(patch, key).toString())
        .map(LiveObject::new);
  }

  static PatchSender.Kind kind(ObjectPatchRequest.Kind kind) {
    return switch (kind) {
      case Merge -> PatchSender.Kind.Merge;
      case Json -> PatchSender.Kind.Json;
      case Strategic -> PatchSender.Kind.Strategic;
    };
  }

  static JsonElement body(Effect.Patch patch, String key) {
    return patch.request().kind() == ObjectPatchRequest.Kind.Json
        ? operations(patch, key)
        : merged(patch, key);
  }

  private static JsonObject merged(Effect.Patch patch, String key) {
    JsonObject body = patch.request().data().getAsJsonObject().deepCopy();
    JsonObject metadata = child(body, "metadata");
    child(metadata, "annotations").addProperty(PatchTarget.KEY, key);
    metadata.addProperty("resourceVersion", patch.read().resourceVersion());
    metadata.addProperty("uid", patch.target().uid());
    return body;
  }

  private static JsonObject child(JsonObject parent, String name) {
    if (parent.get(name) instanceof JsonObject there) {
      return there;
    }
    JsonObject made = new JsonObject();
    parent.add(name, made);
    return made;
  }

  private static JsonArray operations(Effect.Patch patch, String key) {
    JsonArray body = new JsonArray();
    body.add(
        operation(
            "test",
            "/metadata/resourceVersion",
            new JsonPrimitive(patch.read().resourceVersion())));
    body.add(operation("test", "/metadata/uid", new JsonPrimitive(patch.target().uid())));
    body.addAll(patch.request().data().getAsJsonArray());
    // Last, so that no operation takes it away again; planning refused those that write it.
    if (patch.read().annotated()) {
      body.add(
          operation(
              "add",
              "/metadata/annotations/" + PatchTarget.KEY.replace("/", "~1"),
              new JsonPrimitive(key)));
    } else {
      JsonObject annotations = new JsonObject();
      annotations.addProperty(PatchTarget.KEY, key);
      body.add(operation("add", "/metadata/annotations", annotations));
    }
    return body;
  }

  private static JsonObject operation(String op, String path, JsonElement value) {
    JsonObject operation = new JsonObject();
    operation.addProperty("op", op);
    operation.addProperty("path", path);
    operation.add("value", value);
    return operation;
  }
}
