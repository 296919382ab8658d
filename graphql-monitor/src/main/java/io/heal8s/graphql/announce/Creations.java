// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.graphql.intent.MonitorIntent;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One app's Remediations that are to be created. One that is refused holds up no other, and is not
 * asked for again at every observation, only when all are tried again. Used by one thread at a
 * time.
 */
final class Creations {

  /** What may pass by itself is told when it did not so many times in a row. */
  private static final int TOLD_AFTER = 3;

  private final Map<String, String> refused = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();
  private int passing;
  private @Nullable String down;
  private boolean told;

  /** Those that were refused are asked for again. */
  void retryAll() {
    refused.clear();
  }

  /** All that was pending is created. */
  void nothingPending() {
    refused.clear();
    passing = 0;
    told = false;
  }

  /** The Remediations of one decision follow; all that are pending are among them. */
  void begin(Set<String> names) {
    asked.clear();
    down = null;
    refused.keySet().retainAll(names);
  }

  /**
   * Creates one, unless it was refused and is not to be tried again yet.
   *
   * @return when to go on if it may pass by itself, zero for as soon as possible; null where the
   *     next one is to be created
   */
  @Nullable Duration create(MonitorIntent.Create create, Supplier<? extends Answer<?>> attempt) {
    asked.add(create.name());
    if (refused.containsKey(create.name())) {
      return null;
    }
    if (down != null) {
      refused.put(create.name(), down);
      return null;
    }
    ApiFailure failure = attempt.get().failureOrNull();
    if (failure == null) {
      passing = 0;
      return null;
    }
    Duration pause = pause(failure);
    if (pause != null) {
      if (++passing < TOLD_AFTER) {
        return pause;
      }
      // The others would wait for the same answer.
      down = failure.message();
    }
    refused.put(create.name(), failure.message());
    return null;
  }

  // Null when somebody must change something.
  private static @Nullable Duration pause(ApiFailure failure) {
    return switch (failure) {
      case ApiFailure.Throttled(Duration retryAfter, _) -> retryAfter;
      case ApiFailure.Transient _, ApiFailure.Conflict _, ApiFailure.Expired _ -> Duration.ZERO;
      case ApiFailure.NotFound _,
          ApiFailure.AlreadyExists _,
          ApiFailure.Forbidden _,
          ApiFailure.QuotaExceeded _,
          ApiFailure.NamespaceTerminating _,
          ApiFailure.Invalid _ ->
          null;
    };
  }

  /** Why some of those that this decision came to could not be created, by name. */
  Map<String, String> failed() {
    Map<String, String> failed = new LinkedHashMap<>(refused);
    failed.keySet().retainAll(asked);
    return failed;
  }

  /** Whether it was not asked since nothing was pending. */
  boolean isNews() {
    boolean news = !told;
    told = true;
    return news;
  }
}
