// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

/**
 * Changes other people's objects: only the named fields, and only while they are what the caller
 * believes. A failed test, a pointer that leads nowhere and a write in between are all {@link
 * ApiFailure.Conflict}: read again and decide anew.
 */
public final class JsonPatcher {

  private final KubernetesApi api;
  private final String fieldManager;

  /**
   * @param fieldManager name under which the server records the changed fields
   */
  public JsonPatcher(KubernetesApi api, String fieldManager) {
    this.api = api;
    this.fieldManager = fieldManager;
  }

  /**
   * Patches an object.
   *
   * @param precondition tested first, in the same step
   * @return the object as the server holds it now
   */
  public <T> Answer<T> patch(
      ResourceType<T> type, ObjectKey key, Precondition precondition, JsonPatch patch) {
    return send(type, type.path(key), precondition, patch);
  }

  /** Patches a subresource of an object, such as {@code status} or {@code scale}. */
  public <T> Answer<T> patch(
      ResourceType<T> type,
      ObjectKey key,
      String subresource,
      Precondition precondition,
      JsonPatch patch) {
    return send(type, type.path(key) + "/" + subresource, precondition, patch);
  }

  private <T> Answer<T> send(
      ResourceType<T> type, String path, Precondition precondition, JsonPatch patch) {
    String body = JsonPatch.testing(precondition).then(patch).toJson();
    return api.call(
        ApiRequest.send("PATCH", path, ApiRequest.JSON_PATCH, body)
            .with("fieldManager", fieldManager),
        type.type());
  }
}
