// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * One repair of one target, asked for by an alert or a detector.
 *
 * @param metadata object metadata, never null on objects that the API server returned
 * @param spec what is asked; detectors write it once
 * @param status what became of it; null until the first controller has seen the object
 */
public record Remediation(
    @Nullable String apiVersion,
    @Nullable String kind,
    V1ObjectMeta metadata,
    RemediationSpec spec,
    @Nullable RemediationStatus status)
    implements KubernetesObject {

  /** API group of the kind. */
  public static final String GROUP = "k8shealer.k8s-healer.io";

  /** Version of the kind. */
  public static final String VERSION = "v1alpha1";

  /** {@code group/version}, as manifests write it. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /** Kind name. */
  public static final String KIND = "Remediation";

  /** Plural resource name. */
  public static final String PLURAL = "remediations";

  /** A new object to create; the server fills in what is missing. */
  public static Remediation create(V1ObjectMeta metadata, RemediationSpec spec) {
    return new Remediation(API_VERSION, KIND, metadata, spec, null);
  }

  /** The status, or an empty one when no controller has written yet. */
  public RemediationStatus statusOrEmpty() {
    return status == null ? RemediationStatus.EMPTY : status;
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
