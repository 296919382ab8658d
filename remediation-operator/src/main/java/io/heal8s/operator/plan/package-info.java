// SPDX-License-Identifier: Apache-2.0
/**
 * From an action and the live objects to exact changes, stated before anything is done. One package
 * below this for each action; this one holds what they share. Pure: the same objects give the same
 * plan and the same plan id.
 */
@NullMarked
package io.heal8s.operator.plan;

import org.jspecify.annotations.NullMarked;
