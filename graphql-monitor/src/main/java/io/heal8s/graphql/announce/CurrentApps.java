// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.ResourceVersions;
import io.heal8s.graphql.app.TargetApps;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The watched TargetApps, and what this process wrote of them until the watch shows it. */
public final class CurrentApps {

  private final TargetApps apps;
  private final Map<ObjectKey, TargetApp> own = new ConcurrentHashMap<>();

  /** Nothing written yet; follows the watch from now on, so that nothing is kept twice for long. */
  public CurrentApps(TargetApps apps) {
    this.apps = apps;
    apps.onChange(change -> get(change.key()));
  }

  @Nullable TargetApp get(ObjectKey key) {
    TargetApp watched = apps.get(key);
    TargetApp written = own.get(key);
    if (written == null) {
      return watched;
    }
    if (watched == null) {
      own.remove(key, written);
      return null;
    }
    V1ObjectMeta seen = watched.getMetadata();
    V1ObjectMeta ours = written.getMetadata();
    boolean shown =
        !Objects.equals(seen.getUid(), ours.getUid())
            || ResourceVersions.includes(
                Objects.requireNonNullElse(seen.getResourceVersion(), ""),
                Objects.requireNonNullElse(ours.getResourceVersion(), ""));
    if (shown) {
      own.remove(key, written);
      return watched;
    }
    return written;
  }

  void wrote(TargetApp written) {
    ObjectKey key = ObjectKey.of(written.getMetadata());
    own.put(key, written);
    // The watch may have been quicker than the answer.
    get(key);
  }

  void forgetOwn(ObjectKey key) {
    own.remove(key);
  }
}
