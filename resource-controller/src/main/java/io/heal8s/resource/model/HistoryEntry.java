// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One finished attempt.
 *
 * @param id rises with every attempt of all resources
 * @param resourceId whose attempt; history outlives its resource
 * @param generation that was applied
 * @param success whether it was
 * @param phase {@code completed} or {@code failed}
 * @param planOutput text of the plan, null for none
 * @param applyOutput text of the apply, null for none
 * @param errorMessage why it failed, null if it did not
 * @param created things made
 * @param updated things changed
 * @param deleted things removed
 * @param durationSeconds from the claim to the end, waiting for outside runs included
 * @param trigger why it happened
 * @param driftDetected whether the plugin found that the world had changed
 * @param reconcileTime when it ended
 */
public record HistoryEntry(
    long id,
    long resourceId,
    long generation,
    boolean success,
    String phase,
    @Nullable String planOutput,
    @Nullable String applyOutput,
    @Nullable String errorMessage,
    int created,
    int updated,
    int deleted,
    double durationSeconds,
    Trigger trigger,
    boolean driftDetected,
    Instant reconcileTime) {}
