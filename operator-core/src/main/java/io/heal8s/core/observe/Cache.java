// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache of one kind. Readers take no lock; the one writer, the kind's reflector, and whoever
 * adds a listener hold {@code lock}, so that a listener misses nothing and hears each change once.
 */
final class Cache<T> implements Store<T> {

  private static final Logger log = LoggerFactory.getLogger(Cache.class);
  private static final String NAMESPACE = "namespace";

  private final ResourceType<T> type;
  private final Map<ObjectKey, T> objects = new ConcurrentHashMap<>();
  private final Map<String, Index<T>> indexes = new HashMap<>();
  private final List<ChangeListener<T>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile String resourceVersion = "";

  Cache(ResourceType<T> type, Map<String, Function<T, ? extends Collection<String>>> indexes) {
    this.type = type;
    indexes.forEach((name, values) -> this.indexes.put(name, new Index<>(values)));
    this.indexes.put(NAMESPACE, new Index<>(object -> List.of(type.keyOf(object).namespace())));
  }

  @Override
  public ResourceType<T> type() {
    return type;
  }

  @Override
  public Optional<T> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public List<T> all() {
    return List.copyOf(objects.values());
  }

  @Override
  public List<T> inNamespace(String namespace) {
    return byIndex(NAMESPACE, namespace);
  }

  @Override
  public List<T> byIndex(String index, String value) {
    Index<T> known = indexes.get(index);
    if (known == null) {
      throw new IllegalArgumentException("no index " + index + " on " + type);
    }
    List<T> found = new ArrayList<>();
    for (ObjectKey key : known.keys(value)) {
      T object = objects.get(key);
      if (object != null) {
        found.add(object);
      }
    }
    return found;
  }

  @Override
  public int size() {
    return objects.size();
  }

  @Override
  public String resourceVersion() {
    return resourceVersion;
  }

  @Override
  public void onChange(ChangeListener<T> listener) {
    lock.lock();
    try {
      listeners.add(listener);
      objects.forEach((key, object) -> tell(listener, new Change<>(key, null, object, true)));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes over a complete list.
   *
   * @param kept keys that are in the list but could not be read; what is known of them stays
   */
  void replace(Collection<T> list, Set<ObjectKey> kept, String version) {
    lock.lock();
    try {
      Set<ObjectKey> gone = new HashSet<>(objects.keySet());
      gone.removeAll(kept);
      for (T object : list) {
        gone.remove(type.keyOf(object));
        put(object, true);
      }
      gone.forEach(key -> set(key, null, true));
      resourceVersion = version;
    } finally {
      lock.unlock();
    }
  }

  /** An object was added or changed. */
  void put(T object, String version) {
    lock.lock();
    try {
      put(object, false);
      resourceVersion = version;
    } finally {
      lock.unlock();
    }
  }

  /** An object is gone. */
  void remove(ObjectKey key, String version) {
    lock.lock();
    try {
      set(key, null, false);
      resourceVersion = version;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing changed up to that version. */
  void seen(String version) {
    resourceVersion = version;
  }

  // Guarded by lock. What was seen in the same version already is no change.
  private void put(T object, boolean listed) {
    ObjectKey key = type.keyOf(object);
    T before = objects.get(key);
    if (before == null || !versionOf(before).equals(versionOf(object))) {
      set(key, object, listed);
    }
  }

  // Guarded by lock.
  private void set(ObjectKey key, @Nullable T after, boolean listed) {
    T before = after == null ? objects.remove(key) : objects.put(key, after);
    if (before == null && after == null) {
      return;
    }
    indexes.values().forEach(index -> index.update(key, before, after));
    Change<T> change = new Change<>(key, before, after, listed);
    listeners.forEach(listener -> tell(listener, change));
  }

  private String versionOf(T object) {
    String version = type.metadata().apply(object).getResourceVersion();
    return version == null ? "" : version;
  }

  private void tell(ChangeListener<T> listener, Change<T> change) {
    try {
      listener.changed(change);
    } catch (RuntimeException bug) {
      // One listener's bug must not end the watch for all.
      log.atError()
          .addKeyValue("resource", type.resource())
          .addKeyValue("key", change.key())
          .setCause(bug)
          .log("A listener failed on a change");
    }
  }
}
