// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.notify;

import io.heal8s.resource.model.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as far as notices follow from it.
 *
 * @param type FAILED, RECONCILED or DELETED
 * @param resourceId of which resource
 * @param name its name
 * @param typeName name of its type
 * @param typeVersion version of its type
 * @param message its status message
 * @param at when
 * @param told mark of the failure that people were told before this batch; null for none
 */
public record Happening(
    EventType type,
    long resourceId,
    String name,
    String typeName,
    String typeVersion,
    String message,
    Instant at,
    @Nullable String told) {}
