// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.intent;

import com.google.gson.JsonObject;
import java.util.List;

/** What a poll saw. */
public sealed interface Seen {

  /**
   * A state, maybe with gaps.
   *
   * @param endpoint where it came from, as people read it
   * @param data the GraphQL {@code data}; must not be changed afterwards
   * @param gaps what the endpoint could not tell, empty for a whole state
   */
  record State(String endpoint, JsonObject data, List<Gap> gaps) implements Seen {
    public State {
      gaps = List.copyOf(gaps);
    }
  }

  /**
   * The state that the memory holds.
   *
   * @param endpoint where it came from
   */
  record Same(String endpoint) implements Seen {}

  /**
   * No state.
   *
   * @param reason CamelCase word
   * @param message sentence for people; the same words as long as the cause is the same
   * @param stalled whether somebody must change something before it can be better
   */
  record Failure(String reason, String message, boolean stalled) implements Seen {}

  /** Nobody polled: only what is pending is to be finished. */
  record Nothing() implements Seen {}

  /**
   * A part of the state that the endpoint could not tell.
   *
   * @param path steps from the top: keys, and list positions as decimal digits; empty when the
   *     endpoint did not say which part
   * @param message the endpoint's words
   */
  record Gap(List<String> path, String message) {
    public Gap {
      path = List.copyOf(path);
    }
  }

  /** The one {@link Nothing}. */
  Seen NOTHING = new Nothing();
}
