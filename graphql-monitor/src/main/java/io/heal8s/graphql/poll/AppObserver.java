// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.intent.Seen;
import java.time.Duration;
import java.time.Instant;

/** Makes of observations what follows from them. */
@FunctionalInterface
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

    /**
     * It is, but something is pending that could not be created. {@link Seen.Nothing} must be
     * handed in to try it again, whatever else is seen meanwhile.
     *
     * @param after earliest time of the next try; zero for as soon as possible
     */
    record Owing(Duration after) implements Step {}

    /**
     * It is, and what is seen next must be seen anew, the same as before or not: this was seen
     * before what somebody else recorded meanwhile, so nothing followed from it, or more follows
     * from it now. {@link Seen.Nothing} must be handed in, as something may be pending.
     */
    record Outdated() implements Step {}

    /** The one {@link Done}. */
    Step DONE = new Done();

    /** The one {@link Outdated}. */
    Step OUTDATED = new Outdated();
  }

  /** This process begins to poll that app; what an earlier session knew is not known to it. */
  Session begin(ObjectKey app);

  /**
   * One app for as long as it is polled. Used by one thread at a time. Where an app comes back
   * before what was under way of its last session has ended, there are two for that moment.
   */
  @FunctionalInterface
  interface Session {

    /**
     * What a poll saw; {@link Seen.Nothing} to finish what an earlier process, or this one, has
     * begun. Blocks until what follows is written.
     *
     * @param at when it was seen
     */
    Step observed(Seen seen, Instant at);
  }
}
