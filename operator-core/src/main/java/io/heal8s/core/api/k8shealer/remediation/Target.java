// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import org.jspecify.annotations.Nullable;

/**
 * The object to repair, as the detector knows it; it may be a Pod or an autoscaler that the
 * operator resolves to the owner that must change.
 *
 * @param apiVersion {@code apps/v1} when null
 * @param kind any kind
 * @param name object name
 * @param namespace object namespace
 * @param container container to change; null means the only one
 */
public record Target(
    @Nullable String apiVersion,
    String kind,
    String name,
    String namespace,
    @Nullable String container) {}
