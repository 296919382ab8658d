// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;

/**
 * The controlling owner of an object.
 *
 * @param apiVersion e.g. {@code apps/v1}
 * @param kind e.g. {@code ReplicaSet}
 * @param name its name, in the same namespace
 * @param uid its uid; another object of the same name is not the owner
 */
public record OwnerReference(String apiVersion, String kind, String name, String uid) {

  /** The one owner with {@code controller: true}, empty when nobody controls the object. */
  public static Optional<OwnerReference> controllerOf(LiveObject object) {
    JsonElement owners = object.at("metadata.ownerReferences").orElseGet(JsonArray::new);
    if (!(owners instanceof JsonArray list)) {
      return Optional.empty();
    }
    for (JsonElement owner : list) {
      if (owner instanceof JsonObject reference) {
        LiveObject fields = new LiveObject(reference);
        if (fields.text("controller").equals("true")) {
          return Optional.of(
              new OwnerReference(
                  fields.apiVersion(), fields.kind(), fields.text("name"), fields.text("uid")));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether Kubernetes' own workload controllers know the kind: apps/v1 and batch/v1. */
  public boolean isBuiltIn() {
    return apiVersion.equals("apps/v1") || apiVersion.equals("batch/v1");
  }
}
