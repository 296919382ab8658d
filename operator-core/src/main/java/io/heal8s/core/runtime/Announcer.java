// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Snapshot;

/**
 * Tells people what a run did. Must not block and must not fail: an announcement is never a reason
 * to repeat a run.
 *
 * @param <S> snapshot that knows which object the announcement is about
 */
@FunctionalInterface
public interface Announcer<S extends Snapshot> {

  /** Publishes one announcement about what was observed. */
  void announce(S observed, Announcement announcement);

  /** An announcer for loops that announce nothing. */
  static <S extends Snapshot> Announcer<S> silent() {
    return (observed, announcement) -> {};
  }
}
