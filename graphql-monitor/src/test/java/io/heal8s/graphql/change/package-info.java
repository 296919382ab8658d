// SPDX-License-Identifier: Apache-2.0
/**
 * How states are compared, written and recognised: tables from the original, and what must hold of
 * any state.
 */
@NullMarked
package io.heal8s.graphql.change;

import org.jspecify.annotations.NullMarked;
