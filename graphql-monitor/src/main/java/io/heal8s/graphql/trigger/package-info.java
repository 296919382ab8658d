// SPDX-License-Identifier: Apache-2.0
/**
 * Whether an action is due, and the decision that follows. An edge is written down before anything
 * is created for it, so a crash at any point loses none and doubles none. Pure: everything it knows
 * was observed or recorded before.
 */
@NullMarked
package io.heal8s.graphql.trigger;

import org.jspecify.annotations.NullMarked;
