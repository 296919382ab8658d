// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of {@link TargetApp}, as the API server returns it. */
public record TargetAppList(
    @Nullable String apiVersion, @Nullable String kind, V1ListMeta metadata, List<TargetApp> items)
    implements KubernetesListObject {

  @Override
  public V1ListMeta getMetadata() {
    return metadata;
  }

  @Override
  public List<TargetApp> getItems() {
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
