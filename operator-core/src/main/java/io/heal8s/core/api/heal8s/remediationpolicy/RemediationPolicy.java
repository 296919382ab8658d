// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.heal8s.remediationpolicy;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * What may be repaired in a namespace. The one named {@code default} in the suite's own namespace
 * is the cluster policy; one in another namespace tightens it.
 *
 * @param metadata object metadata
 * @param spec the rules
 * @param status what the operator thinks of it
 */
public record RemediationPolicy(
    @Nullable String apiVersion,
    @Nullable String kind,
    V1ObjectMeta metadata,
    @Nullable RemediationPolicySpec spec,
    @Nullable RemediationPolicyStatus status)
    implements KubernetesObject {

  /** API group of the kind. */
  public static final String GROUP = "heal8s.io";

  /** Version of the kind. */
  public static final String VERSION = "v1alpha1";

  /** {@code group/version}, as manifests write it. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /** Kind name. */
  public static final String KIND = "RemediationPolicy";

  /** Plural resource name. */
  public static final String PLURAL = "remediationpolicies";

  /** The only name that is honoured. */
  public static final String NAME = "default";

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
