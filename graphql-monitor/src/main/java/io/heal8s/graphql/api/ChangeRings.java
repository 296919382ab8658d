// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.effect.ObjectKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of each object: a number of each, and of all together what fits into a budget of
 * memory. When it is used up, the object that was quiet for longest loses its oldest change first.
 *
 * <p>{@code lock} guards everything.
 */
final class ChangeRings {

  /** Bytes, as {@link #weight} estimates them. */
  static final long BUDGET = 24L << 20;

  private static final int CHANGE = 200;
  private static final int TEXT = 48;

  /** The last changes of one object, oldest first. */
  private record Ring(String uid, Deque<ToldChange> changes) {}

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  // The one that changed last is the last.
  private final Map<ObjectKey, Ring> rings = new LinkedHashMap<>();
  private long weight;

  /**
   * @param most changes that are kept of one object; 0 for none
   */
  ChangeRings(int most) {
    this.most = most;
  }

  /**
   * Keeps a change.
   *
   * @param still whether the object is there; asked while nobody else can forget it, so that one
   *     that is gone does not come back
   */
  void add(ToldChange told, BooleanSupplier still) {
    if (most == 0) {
      return;
    }
    lock.lock();
    try {
      if (!still.getAsBoolean()) {
        return;
      }
      Ring ring = rings.get(told.app());
      if (ring == null || !ring.uid().equals(told.uid())) {
        forget(told.app());
        ring = new Ring(told.uid(), new ArrayDeque<>(2));
      }
      rings.remove(told.app());
      rings.put(told.app(), ring);
      if (ring.changes().size() == most) {
        weight -= weight(ring.changes().removeFirst());
      }
      ring.changes().addLast(told);
      weight += weight(told);
      fit();
    } finally {
      lock.unlock();
    }
  }

  private void fit() {
    Iterator<Ring> quietest = rings.values().iterator();
    while (weight > BUDGET && quietest.hasNext()) {
      Ring ring = quietest.next();
      while (weight > BUDGET && !ring.changes().isEmpty()) {
        weight -= weight(ring.changes().removeFirst());
      }
      if (ring.changes().isEmpty()) {
        quietest.remove();
      }
    }
  }

  void forget(ObjectKey app) {
    lock.lock();
    try {
      Ring ring = rings.remove(app);
      if (ring != null) {
        ring.changes().forEach(told -> weight -= weight(told));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The last changes of an object, newest first. */
  List<ToldChange> of(ObjectKey app, @Nullable String uid, int first) {
    lock.lock();
    try {
      Ring ring = rings.get(app);
      return ring == null || !Objects.equals(ring.uid(), uid)
          ? List.of()
          : List.copyOf(ring.changes()).reversed().stream().limit(first).toList();
    } finally {
      lock.unlock();
    }
  }

  private static long weight(ToldChange told) {
    long sum = CHANGE + length(told.message());
    for (var field : told.fields()) {
      sum += TEXT + length(field.path()) + length(field.before()) + length(field.after());
    }
    for (String name : told.remediations()) {
      sum += length(name);
    }
    return sum;
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : TEXT + text.length();
  }
}
