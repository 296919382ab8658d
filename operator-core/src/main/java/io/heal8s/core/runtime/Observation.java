// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Reason;
import io.heal8s.core.decide.Snapshot;

/**
 * What an {@link Observer} found under a key.
 *
 * @param <S> the snapshot
 */
public sealed interface Observation<S extends Snapshot> {

  /** Everything the decision needs. */
  record Seen<S extends Snapshot>(S snapshot) implements Observation<S> {}

  /** There is nothing under this key any more: the run is done. */
  record Absent<S extends Snapshot>() implements Observation<S> {}

  /** The cache does not show our own last write yet: deciding now would decide on the past. */
  record Behind<S extends Snapshot>() implements Observation<S> {}

  /**
   * Something that has to be read on demand could not be read; tried again with growing pauses.
   *
   * @param reason what could not be read
   * @param cause why
   */
  record Unreadable<S extends Snapshot>(Reason reason, Throwable cause) implements Observation<S> {}
}
