// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that may be taken now, each once, in two lines that are served first in, first out. A
 * background key counts as if it had come {@code ageing} later than it did; whichever head is then
 * older is next. So no background key waits more than {@code ageing} longer than a normal key that
 * came with it. Not safe for use by many threads: {@link WorkQueue} guards it with its lock.
 */
final class ReadyKeys<K> {

  /** A key that was taken, and since when (nanoseconds of the scheduler) it had waited. */
  record Taken<K>(K key, long since) {}

  private final LinkedHashMap<K, Long> normal = new LinkedHashMap<>();
  private final LinkedHashMap<K, Long> background = new LinkedHashMap<>();
  private final long ageingNanos;

  ReadyKeys(long ageingNanos) {
    this.ageingNanos = ageingNanos;
  }

  /** Adds a key, or moves it to the more urgent line. Returns whether it was not there before. */
  boolean add(K key, Priority priority, long now) {
    if (normal.containsKey(key)) {
      return false;
    }
    if (priority == Priority.BACKGROUND) {
      return background.putIfAbsent(key, now) == null;
    }
    Long since = background.remove(key);
    normal.put(key, since == null ? now : since);
    return since == null;
  }

  @Nullable Taken<K> poll() {
    Map.Entry<K, Long> first = normal.firstEntry();
    Map.Entry<K, Long> second = background.firstEntry();
    boolean takeNormal =
        second == null || (first != null && first.getValue() <= second.getValue() + ageingNanos);
    Map.Entry<K, Long> entry = takeNormal ? normal.pollFirstEntry() : background.pollFirstEntry();
    return entry == null ? null : new Taken<>(entry.getKey(), entry.getValue());
  }

  int size() {
    return normal.size() + background.size();
  }
}
