// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.observe.Change;
import io.heal8s.core.observe.ChangeListener;
import io.heal8s.core.observe.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A cache that a test plays the watch of. */
final class PlayedStore implements Store<TargetApp> {

  private final Map<String, TargetApp> apps = new TreeMap<>();
  private final List<ChangeListener<TargetApp>> listeners = new ArrayList<>();

  /** The watch tells of an object. */
  void put(TargetApp app) {
    ObjectKey key = ObjectKey.of(app.getMetadata());
    TargetApp before = apps.put(key.toString(), app);
    listeners.forEach(listener -> listener.changed(new Change<>(key, before, app, false)));
  }

  /** The watch tells that an object is gone. */
  void remove(TargetApp app) {
    ObjectKey key = ObjectKey.of(app.getMetadata());
    TargetApp before = apps.remove(key.toString());
    listeners.forEach(listener -> listener.changed(new Change<>(key, before, null, false)));
  }

  @Override
  public ResourceType<TargetApp> type() {
    return ServedKinds.TARGET_APPS;
  }

  @Override
  public Optional<TargetApp> get(ObjectKey key) {
    return Optional.ofNullable(apps.get(key.toString()));
  }

  @Override
  public List<TargetApp> all() {
    return List.copyOf(apps.values());
  }

  @Override
  public List<TargetApp> inNamespace(String namespace) {
    return all().stream()
        .filter(app -> namespace.equals(app.getMetadata().getNamespace()))
        .toList();
  }

  @Override
  public List<TargetApp> byIndex(String index, String value) {
    throw new IllegalArgumentException("no index " + index);
  }

  @Override
  public int size() {
    return apps.size();
  }

  @Override
  public String resourceVersion() {
    return "1";
  }

  @Override
  public void onChange(ChangeListener<TargetApp> listener) {
    listeners.add(listener);
  }
}
