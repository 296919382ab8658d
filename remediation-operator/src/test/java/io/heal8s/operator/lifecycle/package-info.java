// SPDX-License-Identifier: Apache-2.0
/**
 * The tables of the lifecycle: a state and an input, and what must follow. Nothing here knows a
 * client. Each row says why it must be so.
 */
@NullMarked
package io.heal8s.operator.lifecycle;

import org.jspecify.annotations.NullMarked;
