// SPDX-License-Identifier: Apache-2.0
/**
 * Which replica watches which application, by rendezvous hashing: every replica computes the same
 * answer from the same members. When a member goes, only its own applications move. Pure.
 */
@NullMarked
package io.heal8s.graphql.shard;

import org.jspecify.annotations.NullMarked;
