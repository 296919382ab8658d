// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The loops of one process, for its liveness. */
public final class LoopRegistry {

  private final List<ControllerLoop<?, ?, ?>> loops = new CopyOnWriteArrayList<>();

  /** Every loop that was made, in the order in which it was. */
  public List<ControllerLoop<?, ?, ?>> all() {
    return List.copyOf(loops);
  }

  void register(ControllerLoop<?, ?, ?> loop) {
    loops.add(loop);
  }
}
