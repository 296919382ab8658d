// SPDX-License-Identifier: Apache-2.0
/**
 * Plans of RollbackImage: whether a new image is to blame for a crash, and which one goes back in.
 * It blames only what it can show: a young revision, a crash that began after it, an earlier image
 * that ran. Time is that of the request and of the objects, never that of a clock.
 */
@NullMarked
package io.heal8s.operator.plan.rollbackimage;

import org.jspecify.annotations.NullMarked;
