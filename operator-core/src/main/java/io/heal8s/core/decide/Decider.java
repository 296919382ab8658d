// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.time.Instant;

/**
 * Pure judgement: the same snapshot and time give the same decision.
 *
 * @param <S> what it looks at
 * @param <I> what it may want done
 */
@FunctionalInterface
public interface Decider<S extends Snapshot, I extends Intent> {

  /**
   * Judges what was observed.
   *
   * @param observed what is known
   * @param now the only time that counts
   * @return what to do and when to look again; never throws for bad input
   */
  Decision<I> decide(S observed, Instant now);
}
