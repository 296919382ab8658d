// SPDX-License-Identifier: Apache-2.0
/** Who owns what, for any keys and members. */
@NullMarked
package io.heal8s.graphql.shard;

import org.jspecify.annotations.NullMarked;
