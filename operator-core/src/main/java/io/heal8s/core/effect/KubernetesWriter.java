// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Creates, replaces and deletes objects. What is changed in place goes through the patchers. */
public final class KubernetesWriter {

  private final KubernetesApi api;
  private final String fieldManager;

  /**
   * @param fieldManager name under which the server records the written fields
   */
  public KubernetesWriter(KubernetesApi api, String fieldManager) {
    this.api = api;
    this.fieldManager = fieldManager;
  }

  /**
   * Creates an object; {@link ApiFailure.AlreadyExists} if there is one of that name.
   *
   * @return the object as the server holds it
   */
  public <T> Answer<T> create(ResourceType<T> type, T object) {
    ObjectKey key = type.keyOf(object);
    return api.call(
        ApiRequest.send("POST", type.collectionPath(key.namespace()), ApiRequest.JSON, body(object))
            .with("fieldManager", fieldManager),
        type.type());
  }

  /**
   * Replaces an object that is wholly ours, such as a Lease; {@link ApiFailure.Conflict} if its
   * resourceVersion is not the server's.
   */
  public <T> Answer<T> replace(ResourceType<T> type, T object) {
    return api.call(
        ApiRequest.send("PUT", type.path(type.keyOf(object)), ApiRequest.JSON, body(object))
            .with("fieldManager", fieldManager),
        type.type());
  }

  /**
   * Deletes an object in the background; {@link ApiFailure.Conflict} if the precondition does not
   * hold, {@link ApiFailure.NotFound} if it is gone.
   */
  public Answer<JsonObject> delete(ResourceType<?> type, ObjectKey key, Precondition precondition) {
    JsonObject options = new JsonObject();
    options.addProperty("propagationPolicy", "Background");
    options.add("preconditions", WireJson.GSON.toJsonTree(precondition));
    return api.call(
        ApiRequest.send(
            "DELETE", type.path(key), ApiRequest.JSON, MinimalObject.pruned(options).toString()),
        JsonObject.class);
  }

  /**
   * Asks for the eviction of a pod; {@link ApiFailure.Throttled} while a disruption budget does not
   * allow it, {@link ApiFailure.Conflict} if the pod of that name is another one.
   *
   * @param gracePeriodSeconds how long it may take to end, 0 or more
   */
  public Answer<JsonObject> evict(ObjectKey pod, String uid, int gracePeriodSeconds) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", pod.name());
    metadata.addProperty("namespace", pod.namespace());
    JsonObject preconditions = new JsonObject();
    preconditions.addProperty("uid", uid);
    JsonObject options = new JsonObject();
    options.addProperty("gracePeriodSeconds", gracePeriodSeconds);
    options.add("preconditions", preconditions);
    JsonObject eviction = new JsonObject();
    eviction.addProperty("apiVersion", "policy/v1");
    eviction.addProperty("kind", "Eviction");
    eviction.add("metadata", metadata);
    eviction.add("deleteOptions", options);
    return api.call(
        ApiRequest.send(
            "POST", PodCommands.POD.path(pod) + "/eviction", ApiRequest.JSON, eviction.toString()),
        JsonObject.class);
  }

  private static String body(Object object) {
    JsonElement tree = WireJson.GSON.toJsonTree(object);
    return MinimalObject.pruned(tree).toString();
  }
}
