// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The turns of those that were told to come back: nobody goes before those who wait already. Not
 * safe for threads.
 */
final class Turns {

  /** Whoever has not come by then does not. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, Instant> promised = new HashMap<>();

  /**
   * When somebody may go who comes now.
   *
   * @param who the same each time
   * @param free when the next one may go at all
   * @param apart between two
   * @param end no turn is later
   * @return empty for now, with {@link #taken} then; else the turn that is promised
   */
  Optional<Instant> next(String who, Instant now, Instant free, Duration apart, Instant end) {
    promised.values().removeIf(turn -> turn.plus(PATIENCE).isBefore(now));
    Instant own = promised.get(who);
    // One that has passed in vain is no place any more: all would come back at the same instant.
    Instant turn =
        own != null && (own.isAfter(now) || !free.isAfter(now)) ? own : last(who, free, apart);
    if (!turn.isAfter(now)) {
      return Optional.empty();
    }
    Instant bounded = turn.isAfter(end) ? end : turn;
    promised.put(who, bounded);
    return Optional.of(bounded);
  }

  private Instant last(String who, Instant free, Duration apart) {
    promised.remove(who);
    return promised.values().stream()
        .max(Comparator.naturalOrder())
        .map(turn -> later(free, turn.plus(apart)))
        .orElse(free);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Somebody goes. */
  void taken(String who) {
    promised.remove(who);
  }

  void clear() {
    promised.clear();
  }
}
