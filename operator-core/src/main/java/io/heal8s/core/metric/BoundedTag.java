// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.metric;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the values of one label: the first {@code limit} distinct values keep their name, every
 * later one is counted as {@code other}. Safe for use by many threads.
 */
public final class BoundedTag {

  /** Label value of everything beyond the limit. */
  public static final String OTHER = "other";

  /** Label value of a missing or blank value. */
  public static final String NONE = "none";

  private static final int MAX_LENGTH = 100;

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Semaphore free;

  /**
   * @param limit how many distinct values keep their name, at least 1
   */
  public BoundedTag(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, was " + limit);
    }
    this.free = new Semaphore(limit);
  }

  /**
   * The label value to count under.
   *
   * @param value what came from outside; null and blank become {@code none}, longer than 100
   *     characters is {@code other}
   */
  public String of(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return NONE;
    }
    if (known.contains(value)) {
      return value;
    }
    if (value.length() > MAX_LENGTH || !free.tryAcquire()) {
      return OTHER;
    }
    if (!known.add(value)) {
      // Another thread registered the same value first; its place is enough for both.
      free.release();
    }
    return value;
  }
}
