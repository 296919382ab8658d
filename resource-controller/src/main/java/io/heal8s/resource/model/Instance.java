// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A process of the controller, as the others see it.
 *
 * @param id a new one for every start, and after the process was taken for dead
 * @param hostname where it runs
 * @param pid its number there
 * @param firstSeen when it joined
 * @param lastHeartbeat when it last told that it lives
 * @param alive whether it told so in time
 */
public record Instance(
    UUID id, String hostname, long pid, Instant firstSeen, Instant lastHeartbeat, boolean alive) {}
