// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.effect.PatchSender;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.ReadVersion;
import io.heal8s.operator.plan.patchresource.PatchTarget;

/**
 * A patch together with what makes it safe to look for: uid and resourceVersion of the object that
 * was read, and an annotation with the key of the intent. The server takes all of it or nothing.
 * The trial and the patch itself are made here, so that they differ in nothing but the key.
 */
record PatchBody(ObjectPatchRequest request, ReadVersion read) {

  /** The key of a patch that is only tried out. */
  static final String TRIAL = "trial";

  PatchSender.Kind kind() {
    return switch (request.kind()) {
      case Merge -> PatchSender.Kind.Merge;
      case Json -> PatchSender.Kind.Json;
      case Strategic -> PatchSender.Kind.Strategic;
    };
  }

  JsonElement with(String key) {
    return request.kind() == ObjectPatchRequest.Kind.Json ? operations(key) : merged(key);
  }

  private JsonObject merged(String key) {
    JsonObject body = request.data().getAsJsonObject().deepCopy();
    JsonObject metadata = child(body, "metadata");
    child(metadata, "annotations").addProperty(PatchTarget.KEY, key);
    metadata.addProperty("resourceVersion", read.resourceVersion());
    metadata.addProperty("uid", read.uid());
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

  private JsonArray operations(String key) {
    JsonArray body = new JsonArray();
    body.add(
        operation("test", "/metadata/resourceVersion", new JsonPrimitive(read.resourceVersion())));
    body.add(operation("test", "/metadata/uid", new JsonPrimitive(read.uid())));
    body.addAll(request.data().getAsJsonArray());
    // Last, so that no operation takes it away again; planning refused those that write it.
    if (read.annotated()) {
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
