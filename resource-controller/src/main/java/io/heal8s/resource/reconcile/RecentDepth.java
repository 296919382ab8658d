// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.reconcile.WorkStore.Depth;
import io.heal8s.resource.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The depth of the queue, counted at most every few seconds however many ask. */
final class RecentDepth implements Supplier<Depth> {

  private static final long FRESH_MILLIS = 5_000;

  private final WorkStore store;
  private final InstantSource time;
  private Depth last = new Depth(0, 0, 0, 0);
  private long countedAt;

  RecentDepth(WorkStore store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  @Override
  public synchronized Depth get() {
    long now = time.millis();
    if (now - countedAt >= FRESH_MILLIS) {
      countedAt = now;
      try {
        last = store.depth();
      } catch (StoreUnavailableException e) {
        // The last one is as good as none; the health page says that the database is away.
        return last;
      }
    }
    return last;
  }
}
