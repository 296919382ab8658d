// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.rest.EventStreams;
import org.springframework.context.SmartLifecycle;

/** Ends the event streams as the first thing of a shutdown. */
final class EndOfStreams implements SmartLifecycle {

  private final EventStreams streams;
  private volatile boolean running;

  EndOfStreams(EventStreams streams) {
    this.streams = streams;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    streams.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Higher phases stop first; the server's own is below this. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
