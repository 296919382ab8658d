// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of what two policies mean together. A namespace must never be able to loosen what the
 * cluster policy says. Nothing here needs a server.
 */
@NullMarked
package io.heal8s.core.decide.policy;

import org.jspecify.annotations.NullMarked;
