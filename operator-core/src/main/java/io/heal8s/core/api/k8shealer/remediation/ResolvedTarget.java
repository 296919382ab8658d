// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import org.jspecify.annotations.Nullable;

/**
 * The object that really changes.
 *
 * @param apiVersion e.g. {@code apps/v1}
 * @param kind e.g. {@code Deployment}
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid when it was resolved; another object of the same name is another target
 * @param container container that changes, null for actions on the whole object
 */
public record ResolvedTarget(
    String apiVersion,
    String kind,
    String namespace,
    String name,
    String uid,
    @Nullable String container) {

  /**
   * Key of the object, the same for every container of it: {@code apiVersion/kind/namespace/name}.
   */
  public String key() {
    return apiVersion + "/" + kind + "/" + namespace + "/" + name;
  }
}
