// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import io.heal8s.core.decide.PullRequestReason;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a forge answers. The absence of an answer is never taken for a fact: {@link NotNow} says
 * nothing about the pull request.
 *
 * @param <T> what was asked for
 */
public sealed interface Reply<T> {

  /** The answer. */
  record Known<T>(T value) implements Reply<T> {}

  /**
   * No answer now; the same question is asked again.
   *
   * @param reason why, one that {@link PullRequestReason#passes() passes}
   * @param message sentence for people; the same for the same trouble, so that it can be compared
   * @param after when to ask again as the forge said, null when it did not say
   * @param cause the failure for the log, null when the forge answered in order
   */
  record NotNow<T>(
      PullRequestReason reason, String message, @Nullable Duration after, @Nullable Throwable cause)
      implements Reply<T> {}

  /**
   * The question cannot be answered until somebody changes something.
   *
   * @param reason what is wrong
   * @param message what to change
   */
  record Wrong<T>(PullRequestReason reason, String message) implements Reply<T> {}

  /** The same answer about something derived from the value. */
  default <R> Reply<R> map(Function<? super T, ? extends R> function) {
    return then(value -> new Known<>(function.apply(value)));
  }

  /** The answer to a further question that needs this one's value. */
  default <R> Reply<R> then(Function<? super T, Reply<R>> question) {
    return switch (this) {
      case Known<T>(T value) -> question.apply(value);
      case NotNow<T>(var reason, var message, var after, var cause) ->
          new NotNow<>(reason, message, after, cause);
      case Wrong<T>(var reason, var message) -> new Wrong<>(reason, message);
    };
  }
}
