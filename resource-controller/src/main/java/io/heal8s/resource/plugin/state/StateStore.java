// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.state;

import java.util.Optional;
import java.util.UUID;

/**
 * States, as the {@code http} backend of the programs reads, writes and locks them. A writer is
 * named by its run; that it is the newest run of the resource is checked with every call.
 */
public interface StateStore {

  /** The run whose credential this is, if it is the newest of the resource and has not ended. */
  Optional<UUID> writer(long resourceId, Credential credential);

  /** How far a state is. */
  StatePosition position(long resourceId);

  /** The state, a JSON document. */
  Optional<String> read(long resourceId);

  /** A state is about to arrive: until one is stored, what is stored is not complete. */
  void announce(UUID run);

  /**
   * Stores a state.
   *
   * @param lockId id of the lock that the writer says to hold; empty for none
   */
  Answer write(long resourceId, UUID run, String lockId, StatePosition position, String state);

  /** Removes a state; only under the lock. */
  Answer delete(long resourceId, UUID run);

  /**
   * Locks a state. A lock that is there is the run's own, for it ends with the run: one that a
   * program could not take back is replaced.
   *
   * @param info what the program says of its lock, JSON; shown to others who want it
   */
  Answer lock(long resourceId, UUID run, String lockId, String info);

  /** Unlocks a state; fine if it is not locked. */
  Answer unlock(long resourceId, UUID run, String lockId);

  /** What became of it. */
  sealed interface Answer {
    record Done() implements Answer {}

    /**
     * Somebody has the lock, or nobody has.
     *
     * @param info what the holder said of it; empty for no holder
     */
    record Locked(String info) implements Answer {}

    /** The run is no longer the newest. */
    record Superseded() implements Answer {}

    /**
     * It does not follow from what is stored.
     *
     * @param message why
     */
    record Conflict(String message) implements Answer {}
  }
}
