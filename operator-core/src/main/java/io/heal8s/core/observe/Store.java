// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * The read side of a cache of one kind. Safe for many threads; never blocks; every answer is a copy
 * of what was known when it was asked.
 *
 * @param <T> the kind
 */
public interface Store<T> {

  /** The kind that is kept. */
  ResourceType<T> type();

  /** The object of that key, as last seen. */
  Optional<T> get(ObjectKey key);

  /** All objects. */
  List<T> all();

  /** All objects of one namespace. */
  List<T> inNamespace(String namespace);

  /**
   * The objects for which an index holds a value.
   *
   * @throws IllegalArgumentException if there is no index of that name
   */
  List<T> byIndex(String index, String value);

  /** Number of objects. */
  int size();

  /** Version of the collection up to which everything was seen; empty before the first list. */
  String resourceVersion();

  /**
   * Tells a listener of every change from now on, after what is known already, on the thread that
   * reads the watch: it must be quick and must not block.
   */
  void onChange(ChangeListener<T> listener);
}
