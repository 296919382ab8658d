// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.state;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs, one at a time for a resource. */
public interface ProgramRuns {

  /**
   * Begins a run, unless one is alive. From then on no earlier run of the resource can reach its
   * state, and a lock that one left is gone. The plan is taken: it is applied at most once, and
   * without it nothing begins.
   *
   * @return whether it began
   */
  boolean begin(Beginning beginning);

  /** A run, as long as no later one of its resource began. */
  Optional<ProgramRun> find(UUID id);

  /** The run of a dispatch; empty when none ever began. */
  Optional<ProgramRun> ofDispatch(String key);

  /** The newest run of a resource, however it ended. */
  Optional<ProgramRun> newest(long resourceId);

  /** Tells that a run lives, and hears whether it is still wanted. */
  Pulse beat(UUID id, Duration lease);

  /**
   * Notes that a person was told that a run is unsure.
   *
   * @return whether nobody was told before
   */
  boolean tell(UUID id);

  /** Asks whichever process has it to stop a run. */
  void askToStop(UUID id);

  /** Records how a run ended; nothing happens if it was superseded. */
  void end(UUID id, ProgramRun.Ending ending);

  /**
   * What a run begins with.
   *
   * @param id random name
   * @param resourceId of what
   * @param dispatchKey of the dispatch
   * @param operation what it does
   * @param credential with which it reads and writes the state
   * @param lease how long it counts as alive after each beat
   * @param plan id of the plan that it applies; null for none
   */
  record Beginning(
      UUID id,
      long resourceId,
      String dispatchKey,
      ProgramRun.Operation operation,
      Credential credential,
      Duration lease,
      @Nullable String plan) {}

  /** What a run hears. */
  enum Pulse {
    GO_ON,
    /** Somebody wants it to stop. */
    STOP,
    /** A later one has begun. */
    SUPERSEDED
  }
}
