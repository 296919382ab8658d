// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Progress of the proof that a repair worked.
 *
 * @param startedAt when the window began
 * @param healthySince since when the target is healthy without a break; null while it is not
 * @param restarts sum of container restarts when health began; a rise breaks it
 * @param message what is still missing
 */
public record Verification(
    OffsetDateTime startedAt,
    @Nullable OffsetDateTime healthySince,
    @Nullable Integer restarts,
    @Nullable String message) {}
