// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import java.util.Map;

/**
 * Writes what we own by server-side apply, under one field manager. A field that an earlier apply
 * of the same manager sent and this one does not is removed by the server; fields of others stay.
 * Conflicts with other managers are forced: every field has one writer by design, so a conflict is
 * a leftover of a person's edit. A precondition that does not hold is a {@link
 * ApiFailure.Conflict}, an object that is gone is never brought back when the precondition names
 * its uid.
 */
public final class ServerSideApplier {

  private final KubernetesApi api;
  private final String fieldManager;

  /**
   * @param fieldManager name of the controller, one per controller and for ever: the server keeps
   *     it on every field
   */
  public ServerSideApplier(KubernetesApi api, String fieldManager) {
    this.api = api;
    this.fieldManager = fieldManager;
  }

  /**
   * Applies the status subresource: exactly these fields of status are ours.
   *
   * @param status a record or a map; nulls are left out
   * @return the object as the server holds it now
   */
  public <T> Answer<T> applyStatus(
      ResourceType<T> type, ObjectKey key, Precondition precondition, Object status) {
    return apply(type, type.path(key) + "/status", key, precondition, Map.of("status", status));
  }

  /**
   * Applies the object itself; creates it if there is none and the precondition names no uid.
   *
   * @param content top-level fields that are ours, {@code metadata} with labels among them
   * @return the object as the server holds it now
   */
  public <T> Answer<T> apply(
      ResourceType<T> type, ObjectKey key, Precondition precondition, Map<String, ?> content) {
    return apply(type, type.path(key), key, precondition, content);
  }

  /** What {@link #apply} would make of the object; the server checks all and stores nothing. */
  public <T> Answer<T> preview(
      ResourceType<T> type, ObjectKey key, Precondition precondition, Map<String, ?> content) {
    return api.call(
        request(type, type.path(key), key, precondition, content).with("dryRun", "All"),
        type.type());
  }

  private <T> Answer<T> apply(
      ResourceType<T> type,
      String path,
      ObjectKey key,
      Precondition precondition,
      Map<String, ?> content) {
    return api.call(request(type, path, key, precondition, content), type.type());
  }

  private ApiRequest request(
      ResourceType<?> type,
      String path,
      ObjectKey key,
      Precondition precondition,
      Map<String, ?> content) {
    String body = WireJson.GSON.toJson(MinimalObject.of(type, key, precondition, content));
    return ApiRequest.send("PATCH", path, ApiRequest.APPLY_PATCH, body)
        .with("fieldManager", fieldManager)
        .with("force", "true");
  }
}
