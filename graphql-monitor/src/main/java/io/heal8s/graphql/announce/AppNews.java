// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.intent.Memory;
import java.time.Instant;
import java.util.List;

/**
 * Wants to know what became of apps. Called by the app's turn, so it must not block. The watch may
 * show what is written before the write is over: between the two calls nobody can tell whose it is.
 */
public interface AppNews {

  /** Wants to know nothing. */
  AppNews NONE =
      new AppNews() {
        @Override
        public void begins(ObjectKey app) {}

        @Override
        public void ended(ObjectKey app, List<Happened> what) {}
      };

  /**
   * A status was written, or something was noted without a write.
   *
   * @param before the object before
   * @param after the object as it was written; {@code before} when nothing was
   * @param was what this process knew of the app before; {@link Memory#NONE} for nothing
   * @param is what it knows now
   * @param at when it was seen
   */
  record Happened(TargetApp before, TargetApp after, Memory was, Memory is, Instant at) {}

  /** From now on something may be written; {@link #ended} follows whatever comes of it. */
  void begins(ObjectKey app);

  /**
   * Nothing is written any more.
   *
   * @param what this process did meanwhile, in order; empty when it did nothing
   */
  void ended(ObjectKey app, List<Happened> what);
}
