// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.graphql.api.ChangeLog;
import org.springframework.context.SmartLifecycle;

/** Ends the subscriptions first of all, or the web server would wait for them to end. */
final class ApiLifecycle implements SmartLifecycle {

  private final ChangeLog log;
  private volatile boolean running;

  ApiLifecycle(ChangeLog log) {
    this.log = log;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    log.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
