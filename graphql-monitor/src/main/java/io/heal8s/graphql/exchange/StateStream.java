// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

/** A subscription that a server has taken on. {@link #next} is called by one thread at a time. */
public interface StateStream extends AutoCloseable {

  /** What comes out of it. */
  sealed interface Event {

    /**
     * The server told something; never {@link Answer.Same}.
     *
     * @param answer a state, or why this one was none
     */
    record Told(Answer answer) implements Event {}

    /**
     * Nothing more comes.
     *
     * @param why what happened
     */
    record Ended(Answer.Failed why) implements Event {}
  }

  /** What a server made of the request for one. */
  sealed interface Opening {

    /**
     * It takes it on.
     *
     * @param stream must be closed
     */
    record Open(StateStream stream) implements Opening {}

    /**
     * It does not.
     *
     * @param why what happened
     */
    record Refused(Answer.Failed why) implements Opening {}
  }

  /** Waits for what comes next; after {@link Event.Ended} it is not called again. */
  Event next();

  /** Ends it, from any thread; whoever waits in {@link #next} goes on. */
  @Override
  void close();
}
