// SPDX-License-Identifier: Apache-2.0
/** Tests of ScaleTo: which objects it changes. */
@NullMarked
package io.heal8s.operator.plan.scaleto;

import org.jspecify.annotations.NullMarked;
