// SPDX-License-Identifier: Apache-2.0
/**
 * The meters of the loop and its queue, under the names that operators' dashboards already use
 * ({@code controller_runtime_*}, {@code workqueue_*}). Every meter exists at zero before the first
 * run, so that a rate over it never starts with a gap. Label values that come from outside pass
 * through {@link io.heal8s.core.metric.BoundedTag}, so that no sender can grow the series without
 * bound.
 */
@NullMarked
package io.heal8s.core.metric;

import org.jspecify.annotations.NullMarked;
