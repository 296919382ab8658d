// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Which objects a store keeps.
 *
 * @param type the kind
 * @param selector which of its objects
 * @param required whether the process is not ready without it; optional kinds are watched as soon
 *     as their CRD appears
 * @param indexes name → the values under which an object is found
 */
public record Watched<T>(
    ResourceType<T> type,
    Selector selector,
    boolean required,
    Map<String, Function<T, ? extends Collection<String>>> indexes) {

  public Watched {
    indexes = Map.copyOf(indexes);
  }

  /** All objects of a kind without which the process is not ready. */
  public static <T> Watched<T> required(ResourceType<T> type) {
    return new Watched<>(type, Selector.ALL, true, Map.of());
  }

  /** All objects of a kind that may not be installed. */
  public static <T> Watched<T> optional(ResourceType<T> type) {
    return new Watched<>(type, Selector.ALL, false, Map.of());
  }

  /** The same, only the objects that a selector chooses. */
  public Watched<T> only(Selector other) {
    return new Watched<>(type, other, required, indexes);
  }

  /** The same, with one more index. */
  public Watched<T> indexedBy(String name, Function<T, ? extends Collection<String>> values) {
    Map<String, Function<T, ? extends Collection<String>>> more = new HashMap<>(indexes);
    more.put(name, values);
    return new Watched<>(type, selector, required, more);
  }
}
