// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.time.Instant;

/**
 * Something that happened, at its place in the order of commits.
 *
 * @param position from 1, without gaps; an event with a higher one was committed later or not
 *     published before
 * @param type what happened
 * @param resourceId to which resource
 * @param resourceName its name
 * @param typeName name of its type
 * @param typeVersion version of its type
 * @param data JSON text of the resource after the change: the fields of the REST answer with spec,
 *     metadata, finalizers and conditions; no plugin configuration and no outputs
 * @param timestamp when
 */
public record ResourceEvent(
    long position,
    EventType type,
    long resourceId,
    String resourceName,
    String typeName,
    String typeVersion,
    String data,
    Instant timestamp) {}
