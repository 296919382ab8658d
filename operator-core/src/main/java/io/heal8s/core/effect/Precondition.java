// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a write to happen; otherwise it ends as {@link ApiFailure.Conflict}.
 *
 * @param uid the object must be this very one, not a later one of the same name; null for any
 * @param resourceVersion nobody may have written since this version; null for any
 */
public record Precondition(@Nullable String uid, @Nullable String resourceVersion) {

  /** No condition. */
  public static final Precondition NONE = new Precondition(null, null);

  /** Neither replaced nor written to since it was read. */
  public static Precondition unchanged(V1ObjectMeta read) {
    return new Precondition(read.getUid(), read.getResourceVersion());
  }

  /** The same object, whatever else was written to it. */
  public static Precondition sameObject(V1ObjectMeta read) {
    return new Precondition(read.getUid(), null);
  }
}
