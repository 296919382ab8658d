// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the search for the object that must change. Each case is one way through a cluster. No
 * API server is needed.
 */
@NullMarked
package io.heal8s.operator.target;

import org.jspecify.annotations.NullMarked;
