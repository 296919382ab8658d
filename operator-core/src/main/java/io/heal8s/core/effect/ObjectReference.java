// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;

/**
 * The object that an event is about.
 *
 * @param apiVersion its apiVersion
 * @param kind its kind
 * @param key its namespace and name
 * @param uid its uid, empty if unknown
 */
public record ObjectReference(String apiVersion, String kind, ObjectKey key, String uid) {

  /** A reference to an object of that kind. */
  public static <T extends KubernetesObject> ObjectReference to(ResourceType<T> type, T object) {
    V1ObjectMeta metadata = type.metadata().apply(object);
    return new ObjectReference(
        type.apiVersion(),
        type.kind(),
        ObjectKey.of(metadata),
        Objects.requireNonNullElse(metadata.getUid(), ""));
  }
}
