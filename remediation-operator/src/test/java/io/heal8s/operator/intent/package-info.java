// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of how actions are read. What cannot be read must name the parameter and say what to write.
 * No API server is needed.
 */
@NullMarked
package io.heal8s.operator.intent;

import org.jspecify.annotations.NullMarked;
