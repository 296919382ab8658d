// SPDX-License-Identifier: Apache-2.0
/**
 * The effects one by one, where a simulated world is too coarse: places in a budget and the cost of
 * a run at rest. Nothing here needs a cluster. The ports are hand-written.
 */
@NullMarked
package io.heal8s.operator.act;

import org.jspecify.annotations.NullMarked;
