// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.observe.ChangeListener;
import io.heal8s.core.observe.Store;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A store of a few objects that a test lists. */
public record ListedStore<T>(
    ResourceType<T> type, List<T> objects, Function<T, ? extends Collection<String>> index)
    implements Store<T> {

  @Override
  public Optional<T> get(ObjectKey key) {
    return objects.stream().filter(object -> type.keyOf(object).equals(key)).findFirst();
  }

  @Override
  public List<T> all() {
    return objects;
  }

  @Override
  public List<T> inNamespace(String namespace) {
    return objects.stream()
        .filter(object -> type.keyOf(object).namespace().equals(namespace))
        .toList();
  }

  @Override
  public List<T> byIndex(String name, String value) {
    return objects.stream().filter(object -> index.apply(object).contains(value)).toList();
  }

  @Override
  public int size() {
    return objects.size();
  }

  @Override
  public String resourceVersion() {
    return "1";
  }

  @Override
  public void onChange(ChangeListener<T> listener) {}
}
