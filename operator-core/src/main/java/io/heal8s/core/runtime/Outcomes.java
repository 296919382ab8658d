// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Folds the outcomes of one run into one: the worse wins (Retry, Stalled, Waiting, Done), of two
 * equally bad ones the one that looks again sooner.
 */
public final class Outcomes {

  private Outcomes() {}

  /** The outcome that counts of two; the first wins a tie. */
  public static Outcome worse(Outcome first, Outcome second) {
    if (severity(first) != severity(second)) {
      return severity(first) > severity(second) ? first : second;
    }
    if (first instanceof Outcome.Waiting a && second instanceof Outcome.Waiting b) {
      return a.after().compareTo(b.after()) <= 0 ? first : second;
    }
    if (first instanceof Outcome.Stalled a && second instanceof Outcome.Stalled b) {
      return endsSooner(b.deadline(), a.deadline()) ? second : first;
    }
    return first;
  }

  private static boolean endsSooner(@Nullable Instant candidate, @Nullable Instant other) {
    return candidate != null && (other == null || candidate.isBefore(other));
  }

  private static int severity(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> 0;
      case Outcome.Waiting _ -> 1;
      case Outcome.Stalled _ -> 2;
      case Outcome.Retry _ -> 3;
    };
  }
}
