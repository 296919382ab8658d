// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Under which policies each key was last judged. It only saves reads: what it does not know is read
 * and judged once more.
 *
 * @param <K> key of the loop
 */
public final class JudgedInputs<K> {

  private final Map<K, String> versions = new ConcurrentHashMap<>();

  /** Whether the key was last judged under other policies, or never. */
  boolean changed(K key, String version) {
    return !version.equals(versions.get(key));
  }

  /** The key was judged under these. */
  void judged(K key, String version) {
    if (changed(key, version)) {
      versions.put(key, version);
    }
  }

  /** What was decided was not done, so it must be judged once more. */
  void forget(K key) {
    versions.remove(key);
  }
}
