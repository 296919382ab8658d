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
    boolean another =
        !Objects.equals(watched.getMetadata().getUid(), written.getMetadata().getUid());
    if (another || includes(watched, written)) {
      own.remove(key, written);
      return watched;
    }
    return written;
  }

  /** The object if it is there to stay: one that is being deleted is watched, and nothing else. */
  @Nullable TargetApp living(ObjectKey key) {
    TargetApp app = get(key);
    return app == null || TargetApps.isEnding(app) ? null : app;
  }

  private static boolean includes(TargetApp seen, TargetApp written) {
    V1ObjectMeta newer = seen.getMetadata();
    V1ObjectMeta older = written.getMetadata();
    return Objects.equals(newer.getUid(), older.getUid())
        && ResourceVersions.includes(
            Objects.requireNonNullElse(newer.getResourceVersion(), ""),
            Objects.requireNonNullElse(older.getResourceVersion(), ""));
  }

  void wrote(TargetApp written) {
    ObjectKey key = ObjectKey.of(written.getMetadata());
    // Two may have written one after the other, and the first one's answer may come last.
    own.merge(key, written, (had, now) -> includes(had, now) ? had : now);
    // The watch may have been quicker than the answer.
    get(key);
  }

  void forgetOwn(ObjectKey key) {
    own.remove(key);
  }
}
