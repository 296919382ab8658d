// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the texts in which people write durations and quantities. What cannot be read must be
 * empty, never a default. Nothing here needs a server.
 */
@NullMarked
package io.heal8s.core.decide;

import org.jspecify.annotations.NullMarked;
