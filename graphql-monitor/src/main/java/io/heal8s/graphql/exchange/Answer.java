// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an endpoint said of its state. */
public sealed interface Answer {

  /**
   * A state, maybe with gaps.
   *
   * @param data the GraphQL {@code data}
   * @param errors what the server could not tell, empty for a whole state
   * @param bytes size of the answer
   */
  record State(JsonObject data, List<GraphQlError> errors, int bytes) implements Answer {
    public State {
      errors = List.copyOf(errors);
    }
  }

  /** The very same bytes as the answer before: nothing was parsed. */
  record Same() implements Answer {}

  /**
   * No state.
   *
   * @param kind why
   * @param message sentence for people: where, what, and what to change if anything
   * @param retryAfter when the server wants to be asked again, null if it did not say
   */
  record Failed(FailureKind kind, String message, @Nullable Duration retryAfter)
      implements Answer {}

  /** The one {@link Same}. */
  Answer SAME = new Same();
}
