// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a workload is healthy, judged from the object and its pods as they were read: rollout
 * complete, pods Ready, restarts not rising. The time for which that must hold is the lifecycle's
 * affair. Pure: what must be read is asked for.
 */
@NullMarked
package io.heal8s.operator.verify;

import org.jspecify.annotations.NullMarked;
