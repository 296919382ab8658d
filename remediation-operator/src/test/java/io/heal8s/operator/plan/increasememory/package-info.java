// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of IncreaseMemory: the facts of the first release as a table, and what must hold for any
 * input as properties. The plan that comes out is judged, not how it is made. No API server is
 * needed.
 */
@NullMarked
package io.heal8s.operator.plan.increasememory;

import org.jspecify.annotations.NullMarked;
