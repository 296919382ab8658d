// SPDX-License-Identifier: Apache-2.0
/**
 * From planned changes to a JSON Patch for one fresh read of an object, and back. Pure: nothing
 * here sends anything. Every patch tests what it relies on, so that it has its whole effect or
 * none.
 */
@NullMarked
package io.heal8s.operator.act.patch;

import org.jspecify.annotations.NullMarked;
