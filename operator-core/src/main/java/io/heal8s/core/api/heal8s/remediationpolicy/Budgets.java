// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.heal8s.remediationpolicy;

import org.jspecify.annotations.Nullable;

/**
 * How many effects on workloads are allowed in a sliding window.
 *
 * @param perTarget effects per resolved target; default 3
 * @param perNamespace effects per namespace; default 20
 * @param perCluster effects per cluster; default unlimited
 * @param window length of the window; default 1h
 */
public record Budgets(
    @Nullable Integer perTarget,
    @Nullable Integer perNamespace,
    @Nullable Integer perCluster,
    @Nullable String window) {}
