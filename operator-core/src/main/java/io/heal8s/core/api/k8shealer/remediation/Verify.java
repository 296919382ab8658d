// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import org.jspecify.annotations.Nullable;

/**
 * When a repair counts as proven. Unset fields take the policy's value.
 *
 * @param window longest time from applied to healthy, Go duration syntax
 * @param healthyFor how long health must hold without a break, Go duration syntax
 * @param query a metric query that must hold; not supported yet
 * @param condition a condition type of the target that must be True; not supported yet
 */
public record Verify(
    @Nullable String window,
    @Nullable String healthyFor,
    @Nullable String query,
    @Nullable String condition) {}
