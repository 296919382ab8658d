// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.graphql.intent.MonitorIntent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One app's Remediations that are to be created. One that fails holds up no other. One that is
 * refused, which is also what fails again and again, is not asked for at every observation, only
 * when all are tried again. Used by one thread at a time.
 */
final class Creations {

  /** What may pass by itself is told when it did not at so many tries of one Remediation. */
  private static final int TOLD_AFTER = 3;

  private final Map<String, String> refused = new LinkedHashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  // Those of which somebody was told that they cannot be created.
  private final Set<String> known = new HashSet<>();
  // Of this decision: what may pass, and the answer that the others would get as well.
  private final Map<String, String> passing = new LinkedHashMap<>();
  private @Nullable Duration pause;
  private @Nullable ApiFailure down;
  private boolean told;

  /** Those that were refused are asked for again. */
  void retryAll() {
    refused.clear();
  }

  /** All that was pending is created. */
  void nothingPending() {
    begin(Set.of());
    told = false;
  }

  /** The Remediations of one decision follow; all that are pending are among them. */
  void begin(Set<String> names) {
    asked.clear();
    passing.clear();
    pause = null;
    down = null;
    refused.keySet().retainAll(names);
    failures.keySet().retainAll(names);
    known.retainAll(names);
  }

  /**
   * Creates one, unless it was refused and is not to be tried again yet.
   *
   * @return whether it turned out only now that it cannot be created
   */
  boolean create(MonitorIntent.Create create, Supplier<? extends Answer<?>> attempt) {
    String name = create.name();
    asked.add(name);
    if (refused.containsKey(name)) {
      return false;
    }
    ApiFailure failure = down == null ? attempt.get().failureOrNull() : down;
    if (failure == null) {
      failures.remove(name);
      known.remove(name);
      return false;
    }
    Duration after = pause(failure);
    if (after == null) {
      refused.put(name, failure.message());
      return known.add(name);
    }
    pause = pause == null || after.compareTo(pause) < 0 ? after : pause;
    down = isOfAll(failure) ? failure : null;
    boolean tellIt = failures.merge(name, 1, Integer::sum) >= TOLD_AFTER;
    (tellIt ? refused : passing).put(name, failure.message());
    return tellIt && known.add(name);
  }

  // Null when somebody must change something. What is wrong with the request itself may be so by a
  // policy, a webhook or a definition, which are no more for ever than a right is.
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

  // An answer with a code may be about this one alone: an admission webhook that fails on it.
  private static boolean isOfAll(ApiFailure failure) {
    return failure instanceof ApiFailure.Throttled
        || (failure instanceof ApiFailure.Transient none && none.code() == 0);
  }

  /** Whether all that failed may pass, so that nobody is to be told yet. */
  boolean isPassing() {
    return !passing.isEmpty() && refused.keySet().stream().noneMatch(asked::contains);
  }

  /** When to go on, zero for as soon as possible. */
  Duration pause() {
    return pause == null ? Duration.ZERO : pause;
  }

  /** Why some of those that this decision came to could not be created, by name. */
  Map<String, String> failed() {
    Map<String, String> failed = new LinkedHashMap<>(refused);
    failed.keySet().retainAll(asked);
    failed.putAll(passing);
    return failed;
  }

  /** How many are pending of which somebody was told. */
  int told() {
    return known.size();
  }

  /** Whether it was not asked since nothing was pending. */
  boolean isNews() {
    boolean news = !told;
    told = true;
    return news;
  }
}
