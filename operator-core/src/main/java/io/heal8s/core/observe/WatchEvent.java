// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;

/**
 * What a watch tells.
 *
 * @param <T> the kind
 */
sealed interface WatchEvent<T> {

  /** An object was added or changed. */
  record Put<T>(T object, String version) implements WatchEvent<T> {}

  /** An object is gone. */
  record Removed<T>(ObjectKey key, String version) implements WatchEvent<T> {}

  /** Nothing more happened up to that version. */
  record Bookmark<T>(String version) implements WatchEvent<T> {}

  /** An object changed but cannot be read as its kind; what was known of it stays. */
  record Unreadable<T>(ObjectKey key, String why, String version) implements WatchEvent<T> {}

  /** The watch ended with a failure. */
  record Failed<T>(ApiFailure failure) implements WatchEvent<T> {}
}
