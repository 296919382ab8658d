// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

/** Where the cache of one kind stands. */
public sealed interface SyncState {

  /** Not listed yet. */
  record Starting() implements SyncState {}

  /** Listed, and watched since. */
  record Synced() implements SyncState {}

  /** The API server does not serve this kind: its CRD is not installed. */
  record Missing() implements SyncState {}

  /** We may not list or watch it. */
  record Forbidden(String message) implements SyncState {}

  /**
   * The API server does not answer or has trouble.
   *
   * @param listed whether the kind was listed before: then the cache is complete, only old
   */
  record Unreachable(String message, boolean listed) implements SyncState {}

  /** Whether decisions can be made on the cache. */
  default boolean usable() {
    return switch (this) {
      case Synced _ -> true;
      case Unreachable(_, boolean listed) -> listed;
      case Starting _, Missing _, Forbidden _ -> false;
    };
  }
}
