// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.graphql.intent.Memory;
import java.time.Instant;

/** Wants to know what became of an app. Called by the app's turn, so it must not block. */
@FunctionalInterface
public interface AppNews {

  /** Wants to know nothing. */
  AppNews NONE = (_, _, _, _, _) -> {};

  /**
   * A status was written, or something was noted without a write.
   *
   * @param app the object before
   * @param status the status after; that of the object when nothing was written
   * @param was what this process knew of the app before; {@link Memory#NONE} for nothing
   * @param is what it knows now
   * @param at when it was seen
   */
  void happened(TargetApp app, TargetAppStatus status, Memory was, Memory is, Instant at);
}
