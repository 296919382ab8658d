// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.kubernetes.client.openapi.models.V1Lease;

/** The kinds that more than one service reads or writes, and where the API server serves them. */
public final class ServedKinds {

  /** Every Remediation. */
  public static final ResourceType<Remediation> REMEDIATIONS =
      ResourceType.namespaced(
          Remediation.class,
          Remediation.GROUP,
          Remediation.VERSION,
          Remediation.KIND,
          Remediation.PLURAL);

  /** What may be done in a namespace, and how. */
  public static final ResourceType<RemediationPolicy> REMEDIATION_POLICIES =
      ResourceType.namespaced(
          RemediationPolicy.class,
          RemediationPolicy.GROUP,
          RemediationPolicy.VERSION,
          RemediationPolicy.KIND,
          RemediationPolicy.PLURAL);

  /** Applications that are watched through GraphQL. */
  public static final ResourceType<TargetApp> TARGET_APPS =
      ResourceType.namespaced(
          TargetApp.class, TargetApp.GROUP, TargetApp.VERSION, TargetApp.KIND, TargetApp.PLURAL);

  /** Who leads, and who is a member. */
  public static final ResourceType<V1Lease> LEASES =
      ResourceType.namespaced(V1Lease.class, "coordination.k8s.io", "v1", "Lease", "leases");

  private ServedKinds() {}
}
