// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.heal8s.remediationpolicy;

import org.jspecify.annotations.Nullable;

/**
 * When a repair counts as proven.
 *
 * @param healthyFor how long health must hold without a break; default 60s
 * @param window longest time from applied to healthy; default 10m
 */
public record VerifyRule(@Nullable String healthyFor, @Nullable String window) {}
