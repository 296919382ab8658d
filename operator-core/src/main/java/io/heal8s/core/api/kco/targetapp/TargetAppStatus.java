// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import io.heal8s.core.api.Condition;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor recorded; the only memory that survives it.
 *
 * @param observedGeneration generation that was looked at
 * @param state null only before the first write or on version skew
 * @param lastPolled the last poll when this was written, not the live time
 * @param lastError why the last poll failed, null when it did not
 * @param actionsExecuted Remediations created so far
 * @param eventsGenerated Events announced so far
 * @param endpoint where the state came from
 * @param digest SHA-256 of the last state, 64 hex digits
 * @param queryDigest SHA-256 of query and variables that the state answers, 64 hex digits
 * @param sequence number of the last recorded change, from 1
 * @param watched what each trigger saw last
 * @param pending Remediations that are decided and not known to be created
 * @param conditions Ready, Reconciling, Stalled
 */
public record TargetAppStatus(
    @Nullable Long observedGeneration,
    @Nullable State state,
    @Nullable OffsetDateTime lastPolled,
    @Nullable String lastError,
    @Nullable Long actionsExecuted,
    @Nullable Long eventsGenerated,
    @Nullable String endpoint,
    @Nullable String digest,
    @Nullable String queryDigest,
    @Nullable Long sequence,
    @Nullable List<Watched> watched,
    @Nullable List<PendingRemediation> pending,
    @Nullable List<Condition> conditions) {

  /** Nothing recorded yet. */
  public static final TargetAppStatus EMPTY =
      new TargetAppStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** What becomes of the object. */
  public enum State {
    /** No state was seen yet. */
    Initializing,
    /** Polls succeed. */
    Monitoring,
    /** The last poll failed, or the object cannot be polled. */
    Failed,
    /** Nobody polls it any more. */
    Stopped
  }

  /** The number of the last change, 0 before the first. */
  public long sequenceOrZero() {
    return sequence == null ? 0 : sequence;
  }

  /** What each trigger saw last, empty before the first poll. */
  public List<Watched> watchedOrEmpty() {
    return watched == null ? List.of() : watched;
  }

  /** What is decided and not known to be created. */
  public List<PendingRemediation> pendingOrEmpty() {
    return pending == null ? List.of() : pending;
  }
}
