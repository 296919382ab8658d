// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.heal8s.remediationpolicy;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of {@link RemediationPolicy}, as the API server returns it. */
public record RemediationPolicyList(
    @Nullable String apiVersion,
    @Nullable String kind,
    V1ListMeta metadata,
    List<RemediationPolicy> items)
    implements KubernetesListObject {

  @Override
  public V1ListMeta getMetadata() {
    return metadata;
  }

  @Override
  public List<RemediationPolicy> getItems() {
    return items;
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
