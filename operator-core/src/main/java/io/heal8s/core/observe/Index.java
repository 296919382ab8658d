// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.ObjectKey;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keys of objects by the values that a function reads from them. Written under the cache's lock.
 */
final class Index<T> {

  private final Function<T, ? extends Collection<String>> values;
  private final Map<String, Set<ObjectKey>> keys = new ConcurrentHashMap<>();

  Index(Function<T, ? extends Collection<String>> values) {
    this.values = values;
  }

  /** Moves a key from the values of one version of its object to those of the next. */
  void update(ObjectKey key, @Nullable T before, @Nullable T after) {
    Set<String> old = before == null ? Set.of() : Set.copyOf(values.apply(before));
    Set<String> now = after == null ? Set.of() : Set.copyOf(values.apply(after));
    for (String value : now) {
      if (!old.contains(value)) {
        keys.computeIfAbsent(value, _ -> ConcurrentHashMap.newKeySet()).add(key);
      }
    }
    for (String value : old) {
      if (!now.contains(value)) {
        keys.computeIfPresent(
            value,
            (_, held) -> {
              held.remove(key);
              return held.isEmpty() ? null : held;
            });
      }
    }
  }

  Set<ObjectKey> keys(String value) {
    return keys.getOrDefault(value, Set.of());
  }
}
