// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;
import java.time.Instant;

/**
 * What a Lease says.
 *
 * @param holder identity of the leader, empty when nobody is
 * @param duration how long the lease is good after it was renewed
 * @param acquired when the holder became leader
 * @param renewed when the holder last said that it lives
 * @param transitions how often the holder changed
 */
public record LeaseRecord(
    String holder, Duration duration, Instant acquired, Instant renewed, int transitions) {}
