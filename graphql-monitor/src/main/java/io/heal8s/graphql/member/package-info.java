// SPDX-License-Identifier: Apache-2.0

/**
 * Which replicas of the monitor live, each shown by a Lease of its own that it renews. A replica
 * that cannot renew stops before the others may take over; one that says nothing for a lease is
 * dead. Time is measured here, by what was seen change, never by the clocks of others.
 */
@NullMarked
package io.heal8s.graphql.member;

import org.jspecify.annotations.NullMarked;
