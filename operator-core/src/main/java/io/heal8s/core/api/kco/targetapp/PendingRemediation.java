// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A Remediation that is decided and not known to be created. It holds everything that its creation
 * needs, because the application may be well again when it is created.
 *
 * @param name name of the Remediation; unique in the list
 * @param action position in {@code spec.actions}, from 0
 * @param sha256 SHA-256 of that action as it was then, 64 hex digits
 * @param edge number of the change
 * @param at when the change was seen
 * @param context what the action is told of the change, as JSON: an object of {@code timestamp},
 *     {@code stateChange} and {@code variables}; null when it is told nothing
 */
public record PendingRemediation(
    String name,
    Integer action,
    String sha256,
    Long edge,
    OffsetDateTime at,
    @Nullable String context) {}
