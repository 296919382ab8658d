// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.intent;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.decide.Snapshot;

/**
 * Everything a decision looks at.
 *
 * @param app the object with its recorded status, as the API server has it now
 * @param memory what this process knows
 * @param seen what the poll saw
 */
public record AppSnapshot(TargetApp app, Memory memory, Seen seen) implements Snapshot {

  /**
   * Remediations that may be pending before nothing more fires: one status has to hold them all.
   * What is due then fires once there is room, as after a cooldown.
   */
  public static final int MOST_PENDING = 256;

  /** As many as the definition allows. */
  private static final int LARGEST_PENDING = 1024;

  /** Whether so much is pending that nothing more may fire now. */
  public boolean isFull() {
    int pending = app.statusOrEmpty().pendingOrEmpty().size();
    TargetAppSpec spec = app.spec();
    int actions = spec == null ? 0 : spec.actionsOrEmpty().size();
    return pending >= MOST_PENDING || (pending > 0 && pending + actions > LARGEST_PENDING);
  }
}
