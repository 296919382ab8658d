// SPDX-License-Identifier: Apache-2.0

/**
 * One GraphQL request over one kept-alive connection, with a bound on time, size and depth.
 * Whatever the other side does becomes an {@link io.heal8s.graphql.exchange.Answer}; nothing of
 * what it sent is quoted in a message. Calls block their thread, which is a virtual one.
 */
@NullMarked
package io.heal8s.graphql.exchange;

import org.jspecify.annotations.NullMarked;
