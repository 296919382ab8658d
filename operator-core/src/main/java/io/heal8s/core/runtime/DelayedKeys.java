// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys that come back later, each with its earliest deadline. Unbounded: one entry per key is
 * all it can hold. Not safe for use by many threads: {@link WorkQueue} guards it with its lock.
 */
final class DelayedKeys<K> {

  /** When a key comes back, in nanoseconds of the scheduler. */
  record Deadline<K>(long at, long order, K key, Priority priority) {}

  private final Map<K, Deadline<K>> byKey = new HashMap<>();
  private final TreeSet<Deadline<K>> byTime =
      new TreeSet<>(
          Comparator.<Deadline<K>>comparingLong(Deadline::at).thenComparingLong(Deadline::order));
  private long order;

  /** Adds a deadline; of two for one key the earlier counts, with the more urgent priority. */
  void add(K key, long at, Priority priority) {
    Deadline<K> known = byKey.get(key);
    long earliest = known == null ? at : Math.min(at, known.at());
    Priority urgent = known == null ? priority : priority.orMoreUrgent(known.priority());
    if (known != null) {
      if (earliest == known.at() && urgent == known.priority()) {
        return;
      }
      byTime.remove(known);
    }
    Deadline<K> deadline = new Deadline<>(earliest, order++, key, urgent);
    byKey.put(key, deadline);
    byTime.add(deadline);
  }

  /** Takes out the first deadline that has passed, or returns null. */
  @Nullable Deadline<K> pollDue(long now) {
    if (byTime.isEmpty() || byTime.first().at() > now) {
      return null;
    }
    Deadline<K> due = byTime.removeFirst();
    byKey.remove(due.key());
    return due;
  }

  /** The next deadline in nanoseconds of the scheduler, or {@link Long#MAX_VALUE} for none. */
  long next() {
    return byTime.isEmpty() ? Long.MAX_VALUE : byTime.first().at();
  }

  int size() {
    return byKey.size();
  }
}
