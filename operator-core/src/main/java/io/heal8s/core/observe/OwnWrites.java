// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what we wrote until the cache shows it. A decision on an older cache would be made on
 * the past and repeat an effect; so an observer asks {@link #behind} first and answers {@code
 * Behind} while it says so.
 *
 * <p>A watch that hangs cannot stop a key for ever: after {@link #LIMIT} the write is forgotten.
 * The decision is then made on what is known, and its write carries the resource version of that,
 * so that it can only end as a conflict.
 */
public final class OwnWrites {

  /** How long a key is held back at most. */
  public static final Duration LIMIT = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(OwnWrites.class);

  private record Write(String version, long at) {}

  private final Store<?> store;
  private final Scheduler scheduler;
  private final Map<ObjectKey, Write> writes = new ConcurrentHashMap<>();

  /** Guards the objects of one store. */
  public OwnWrites(Store<?> store, Scheduler scheduler) {
    this.store = store;
    this.scheduler = scheduler;
  }

  /** We wrote that object and the server gave it that version. */
  public void wrote(ObjectKey key, String resourceVersion) {
    writes.put(key, new Write(resourceVersion, scheduler.nanos()));
  }

  /** Whether the store does not show our last write to that object yet. */
  public boolean behind(ObjectKey key) {
    Write write = writes.get(key);
    if (write == null) {
      return false;
    }
    if (shows(key, write)) {
      writes.remove(key, write);
      return false;
    }
    if (scheduler.nanos() - write.at() > LIMIT.toNanos()) {
      writes.remove(key, write);
      log.atWarn()
          .addKeyValue("resource", store.type().resource())
          .addKeyValue("key", key)
          .addKeyValue("written", write.version())
          .addKeyValue("seen", store.resourceVersion())
          .log("The cache does not show our own write; going on without it");
      return false;
    }
    return true;
  }

  // The version of the collection tells too: the object may have been deleted since, and other
  // objects' events or a bookmark show that the watch is past our write.
  private boolean shows(ObjectKey key, Write write) {
    return ResourceVersions.includes(store.resourceVersion(), write.version())
        || versionOf(store, key, write);
  }

  private static <T> boolean versionOf(Store<T> store, ObjectKey key, Write write) {
    return store
        .get(key)
        .map(object -> store.type().metadata().apply(object).getResourceVersion())
        .map(version -> ResourceVersions.includes(version, write.version()))
        .orElse(false);
  }
}
