// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.resource.plugin.Step;
import java.time.Duration;

/** What ended a pass: thrown within the package, and turned into a step at its edge. */
final class Trouble extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Duration pause;

  Trouble(String message) {
    this(message, Duration.ZERO);
  }

  private Trouble(String message, Duration pause) {
    super(message, null, false, false);
    this.pause = pause;
  }

  /** The value, or the trouble with the object in its message. */
  static <T> T orThrow(Answer<T> answer, Object about) throws Trouble {
    return switch (answer) {
      case Answer.Ok<T>(T value) -> value;
      case Answer.Failed<T>(ApiFailure failure) -> throw of(failure, about);
    };
  }

  static Trouble of(ApiFailure failure, Object about) {
    Duration pause =
        failure instanceof ApiFailure.Throttled(Duration after, var _) ? after : Duration.ZERO;
    return new Trouble(about + ": " + failure.message(), pause);
  }

  Step step() {
    return new Step.Failed(String.valueOf(getMessage()), "", pause.isZero() ? null : pause);
  }
}
