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

/** Ends the engine and what action plugins run, at once, then the plugins, before the rest ends. */
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
    List<Runnable> ending = new ArrayList<>(List.of(engine::close));
    plugins.forEach((name, plugin) -> ending.add(quiet(name, plugin::stopping)));
    atOnce(ending);
    // No call is under way any more.
    plugins.forEach((name, plugin) -> quiet(name, plugin::close).run());
  }

  private static void atOnce(List<Runnable> work) {
    List<Thread> threads = work.stream().map(Thread.ofVirtual()::start).toList();
    try {
      for (Thread each : threads) {
        each.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that cannot end must not keep the others from it. */
  private static Runnable quiet(String name, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        log.warn("action {} did not close", name, e);
      }
    };
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
