// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the few records of the API that do more than hold values. Each case says why it is so.
 * Nothing here needs a server.
 */
@NullMarked
package io.heal8s.core.api;

import org.jspecify.annotations.NullMarked;
