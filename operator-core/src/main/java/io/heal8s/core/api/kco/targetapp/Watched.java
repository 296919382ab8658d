// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What one trigger saw last.
 *
 * @param key which trigger, a hash of its words; unique in the list
 * @param digest SHA-256 of the field's value, null when the field was not there
 * @param value the value as JSON when it is at most 256 characters, else null
 * @param held whether the trigger's condition held; null means false
 * @param since since when it holds without a break, null when it does not
 * @param fired whether it fired since then; null means false
 * @param firedAt when it fired last, null for never
 */
public record Watched(
    String key,
    @Nullable String digest,
    @Nullable String value,
    @Nullable Boolean held,
    @Nullable OffsetDateTime since,
    @Nullable Boolean fired,
    @Nullable OffsetDateTime firedAt) {}
