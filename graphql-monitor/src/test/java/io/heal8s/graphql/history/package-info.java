// SPDX-License-Identifier: Apache-2.0
/** Tests of what is told of the past. */
@NullMarked
package io.heal8s.graphql.history;

import org.jspecify.annotations.NullMarked;
