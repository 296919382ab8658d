// SPDX-License-Identifier: Apache-2.0
/** Tests of the order of a restart of pods, against what an API server would answer. */
@NullMarked
package io.heal8s.operator.plan.restartpods;

import org.jspecify.annotations.NullMarked;
