// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.reconcile.ReconcileEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Ends the engine and the action plugins, at once and before the rest ends. */
final class Actions implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Actions.class);

  private final ReconcileEngine engine;
  private final Map<String, ActionPlugin> plugins;
  private volatile boolean running;

  Actions(ReconcileEngine engine, Map<String, ActionPlugin> plugins) {
    this.engine = engine;
    this.plugins = plugins;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    List<Thread> closing = new ArrayList<>();
    closing.add(Thread.ofVirtual().start(engine::close));
    plugins.forEach(
        (name, plugin) -> closing.add(Thread.ofVirtual().start(() -> close(name, plugin))));
    try {
      for (Thread each : closing) {
        each.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that cannot be closed must not keep the others open. */
  private static void close(String name, ActionPlugin plugin) {
    try {
      plugin.close();
    } catch (RuntimeException e) {
      log.warn("action {} did not close", name, e);
    }
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
