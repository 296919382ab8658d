// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import org.jspecify.annotations.Nullable;

/** Where a lease is kept. Calls block; a write succeeds only on the version that was read. */
public interface LeasePort {

  /** What a read found. */
  sealed interface Read {

    /**
     * The lease.
     *
     * @param version stands for this very state of the lease in a later write
     */
    record Found(LeaseRecord lease, Object version) implements Read {}

    /** There is none yet. */
    record Absent() implements Read {}

    /** It could not be read. */
    record Unavailable(String why) implements Read {}
  }

  /** What a write did. */
  sealed interface Write {

    /**
     * It is written.
     *
     * @param version stands for the new state
     */
    record Written(Object version) implements Write {}

    /** Somebody else wrote in between. */
    record Conflict() implements Write {}

    /** It could not be written, or nobody knows whether it was. */
    record Unavailable(String why) implements Write {}
  }

  /** Name of the lease for messages. */
  String name();

  /** Reads the lease. */
  Read read();

  /**
   * Writes the lease.
   *
   * @param version what was read, null to create it
   */
  Write write(LeaseRecord lease, @Nullable Object version);
}
