// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.intent.Seen;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes of an observation what follows from it. Called by one thread at a time for one app; blocks
 * until what follows is written.
 */
public interface AppObserver {

  /** Whether it is done. */
  sealed interface Step {

    /** It is. */
    record Done() implements Step {}

    /**
     * Not yet; the same observation must be handed in again, and nothing else before.
     *
     * @param after earliest time of the next try; zero for as soon as possible
     */
    record Again(Duration after) implements Step {}

    /** The one {@link Done}. */
    Step DONE = new Done();
  }

  /**
   * What a poll saw; {@link Seen.Nothing} to finish what an earlier process, or this one, has
   * begun.
   *
   * @param at when it was seen
   */
  Step observed(ObjectKey app, Seen seen, Instant at);

  /** This process does not poll that app any more. */
  void forget(ObjectKey app);
}
