// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call to the API server.
 *
 * @param <T> what the server returns when it does as asked
 */
public sealed interface Answer<T> {

  /** The server did as asked. */
  record Ok<T>(T value) implements Answer<T> {}

  /** It did not. */
  record Failed<T>(ApiFailure failure) implements Answer<T> {}

  /** The value, or null if the call failed. */
  default @Nullable T orNull() {
    return switch (this) {
      case Ok<T>(T value) -> value;
      case Failed<T> _ -> null;
    };
  }

  /** The value; throws {@link ApiFailureException} if the call failed. */
  default T orThrow() {
    return switch (this) {
      case Ok<T>(T value) -> value;
      case Failed<T>(ApiFailure failure) -> throw failure.asException();
    };
  }

  /** The failure, or null if the call succeeded. */
  default @Nullable ApiFailure failureOrNull() {
    return switch (this) {
      case Ok<T> _ -> null;
      case Failed<T>(ApiFailure failure) -> failure;
    };
  }

  /** The same with another value; a failure stays what it is. */
  default <R> Answer<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Ok<T>(T value) -> new Ok<>(change.apply(value));
      case Failed<T>(ApiFailure failure) -> new Failed<>(failure);
    };
  }
}
