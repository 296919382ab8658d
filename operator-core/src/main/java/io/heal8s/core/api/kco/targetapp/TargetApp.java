// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * An application whose state is asked for through GraphQL.
 *
 * @param metadata object metadata
 * @param spec what to ask and what to do; null only on objects stored by the original, whose
 *     definition let it be absent
 * @param status what the monitor last recorded; null until it saw the object
 */
public record TargetApp(
    @Nullable String apiVersion,
    @Nullable String kind,
    V1ObjectMeta metadata,
    @Nullable TargetAppSpec spec,
    @Nullable TargetAppStatus status)
    implements KubernetesObject {

  /** API group of the kind. */
  public static final String GROUP = "operator.kco.local";

  /** Version of the kind. */
  public static final String VERSION = "v1alpha1";

  /** {@code group/version}, as manifests write it. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /** Kind name. */
  public static final String KIND = "TargetApp";

  /** Plural resource name. */
  public static final String PLURAL = "targetapps";

  /** The status, or an empty one when the monitor has not written yet. */
  public TargetAppStatus statusOrEmpty() {
    return status == null ? TargetAppStatus.EMPTY : status;
  }

  @Override
  public V1ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public @Nullable String getApiVersion() {
    return apiVersion;
  }

  @Override
  public @Nullable String getKind() {
    return kind;
  }
}
