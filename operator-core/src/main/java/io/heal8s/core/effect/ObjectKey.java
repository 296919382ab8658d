// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;

/**
 * Which object of a kind.
 *
 * @param namespace its namespace, empty for cluster-scoped kinds
 * @param name its name
 */
public record ObjectKey(String namespace, String name) {

  /** The key of the object with that metadata, which must have a name. */
  public static ObjectKey of(V1ObjectMeta metadata) {
    return new ObjectKey(
        Objects.requireNonNullElse(metadata.getNamespace(), ""),
        Objects.requireNonNull(metadata.getName(), "metadata without a name"));
  }

  /** The key of a cluster-scoped object. */
  public static ObjectKey cluster(String name) {
    return new ObjectKey("", name);
  }

  /** {@code namespace/name}, or only the name where there is no namespace. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
