// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.observe.Informers;
import org.springframework.context.SmartLifecycle;

/** Starts the caches when the context is up and ends them before it goes. */
final class InformerLifecycle implements SmartLifecycle {

  /** Before every loop, which read the caches, and ended after them. */
  static final int PHASE = 0;

  private final Informers informers;
  private volatile boolean running;

  InformerLifecycle(Informers informers) {
    this.informers = informers;
  }

  @Override
  public void start() {
    informers.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    informers.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
