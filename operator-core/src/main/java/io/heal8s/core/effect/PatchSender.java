// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

/** Sends patches that somebody else wrote, in any of the API server's patch types. */
public final class PatchSender {

  /** Patch types. */
  public enum Kind {
    /** RFC 7386. */
    Merge(ApiRequest.MERGE_PATCH),
    /** RFC 6902. */
    Json(ApiRequest.JSON_PATCH),
    /** Kubernetes' own. */
    Strategic(ApiRequest.STRATEGIC_PATCH);

    private final String mediaType;

    Kind(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  private final KubernetesApi api;
  private final String fieldManager;

  /**
   * @param fieldManager name under which the server records the changed fields
   */
  public PatchSender(KubernetesApi api, String fieldManager) {
    this.api = api;
    this.fieldManager = fieldManager;
  }

  /**
   * Sends a patch as it is.
   *
   * @param body JSON of that kind
   * @return the object as the server holds it now
   */
  public <T> Answer<T> send(ResourceType<T> type, ObjectKey key, Kind kind, String body) {
    return api.call(request(type, key, kind, body), type.type());
  }

  /**
   * Asks what a patch would come to; nothing is stored.
   *
   * @param body JSON of that kind
   * @return the object as the server would hold it, defaults and admission included
   */
  public <T> Answer<T> tryOut(ResourceType<T> type, ObjectKey key, Kind kind, String body) {
    return api.call(request(type, key, kind, body).with("dryRun", "All"), type.type());
  }

  private <T> ApiRequest request(ResourceType<T> type, ObjectKey key, Kind kind, String body) {
    return ApiRequest.send("PATCH", type.path(key), kind.mediaType, body)
        .with("fieldManager", fieldManager);
  }
}
