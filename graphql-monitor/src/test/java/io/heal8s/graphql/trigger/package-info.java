// SPDX-License-Identifier: Apache-2.0
/**
 * The decisions of the monitor, played against a status that is kept as the API server would keep
 * it, with a kill between any two steps.
 */
@NullMarked
package io.heal8s.graphql.trigger;

import org.jspecify.annotations.NullMarked;
