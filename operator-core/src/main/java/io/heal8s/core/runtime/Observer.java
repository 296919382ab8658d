// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.RunContext;
import io.heal8s.core.decide.Snapshot;

/**
 * Gathers all that a decision may look at. It reads caches and, where there is none, the API
 * server; it never writes.
 *
 * @param <K> key of the loop
 * @param <S> immutable snapshot; what is missing is data in it
 */
@FunctionalInterface
public interface Observer<K, S extends Snapshot> {

  /** Looks at one key; an exception is a bug and counts as a panic. */
  Observation<S> observe(K key, RunContext run);
}
