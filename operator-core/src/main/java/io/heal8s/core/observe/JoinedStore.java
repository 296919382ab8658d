// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Several namespaces of one kind as one store; each has a list and a watch of its own. */
final class JoinedStore<T> implements Store<T> {

  private final ResourceType<T> type;
  private final Map<String, Store<T>> byNamespace;

  /**
   * @param byNamespace namespace → store of its objects, at least one
   */
  JoinedStore(ResourceType<T> type, Map<String, Store<T>> byNamespace) {
    this.type = type;
    this.byNamespace = Map.copyOf(byNamespace);
  }

  @Override
  public ResourceType<T> type() {
    return type;
  }

  @Override
  public Optional<T> get(ObjectKey key) {
    Store<T> store = byNamespace.get(key.namespace());
    return store == null ? Optional.empty() : store.get(key);
  }

  @Override
  public List<T> all() {
    return joined(Store::all);
  }

  @Override
  public List<T> inNamespace(String namespace) {
    Store<T> store = byNamespace.get(namespace);
    return store == null ? List.of() : store.all();
  }

  @Override
  public List<T> byIndex(String index, String value) {
    return joined(store -> store.byIndex(index, value));
  }

  private List<T> joined(Function<Store<T>, List<T>> part) {
    return byNamespace.values().stream().flatMap(store -> part.apply(store).stream()).toList();
  }

  @Override
  public int size() {
    return byNamespace.values().stream().mapToInt(Store::size).sum();
  }

  /** The oldest of all: what it includes was seen in every namespace. */
  @Override
  public String resourceVersion() {
    List<String> versions = byNamespace.values().stream().map(Store::resourceVersion).toList();
    if (versions.contains("")) {
      return "";
    }
    return versions.stream()
        .reduce((one, other) -> ResourceVersions.includes(one, other) ? other : one)
        .orElse("");
  }

  @Override
  public void onChange(ChangeListener<T> listener) {
    byNamespace.values().forEach(store -> store.onChange(listener));
  }
}
