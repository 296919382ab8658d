// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of what a webhook is told: the original's body as a table, and what its templates must not
 * do. Nothing is called.
 */
@NullMarked
package io.heal8s.operator.plan.callwebhook;

import org.jspecify.annotations.NullMarked;
