// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ObjectKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a {@link Reflector} gets its objects from. Calls block their thread. */
interface ListWatch<T> {

  /** All objects, and the version from which a watch goes on. */
  Answer<Listed<T>> list();

  /** Begins a watch behind a version. */
  Answer<Watching<T>> watch(String version);

  /**
   * A complete list.
   *
   * @param unreadable objects that could not be read as their kind, and why
   */
  record Listed<T>(List<T> items, Map<ObjectKey, String> unreadable, String version) {}

  /** A watch that is under way; one thread reads, any thread may close. */
  interface Watching<T> extends AutoCloseable {

    /** The next event; null when the server ended the watch in order. */
    @Nullable WatchEvent<T> next() throws IOException;

    @Override
    void close();
  }
}
