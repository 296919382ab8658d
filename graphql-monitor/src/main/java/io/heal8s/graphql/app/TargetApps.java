// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.app;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.ChangeListener;
import io.heal8s.core.observe.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The watched TargetApps, of all namespaces or of those that are served.
 *
 * @param stores one for all, or one for each namespace
 */
public record TargetApps(List<Store<TargetApp>> stores) {

  public TargetApps {
    stores = List.copyOf(stores);
  }

  /** The object as last seen, null if there is none. */
  public @Nullable TargetApp get(ObjectKey key) {
    for (Store<TargetApp> store : stores) {
      Optional<TargetApp> found = store.get(key);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return null;
  }

  /**
   * The object as last seen, null if there is none or it is being deleted: then nobody asks for its
   * state any more, however long a finalizer keeps it.
   */
  public @Nullable TargetApp living(ObjectKey key) {
    TargetApp app = get(key);
    return app == null || isEnding(app) ? null : app;
  }

  /** Whether somebody has deleted it and finalizers keep it. */
  public static boolean isEnding(TargetApp app) {
    return app.getMetadata().getDeletionTimestamp() != null;
  }

  /** All of one namespace, or of all that are watched. */
  public List<TargetApp> in(@Nullable String namespace) {
    List<TargetApp> found = new ArrayList<>();
    for (Store<TargetApp> store : stores) {
      found.addAll(namespace == null ? store.all() : store.inNamespace(namespace));
    }
    return found;
  }

  /** Keys of all. */
  public List<ObjectKey> keys() {
    List<ObjectKey> keys = new ArrayList<>();
    for (Store<TargetApp> store : stores) {
      store.all().forEach(app -> keys.add(ObjectKey.of(app.getMetadata())));
    }
    return keys;
  }

  /** Tells a listener of every change, after what is known already. */
  public void onChange(ChangeListener<TargetApp> listener) {
    stores.forEach(store -> store.onChange(listener));
  }
}
