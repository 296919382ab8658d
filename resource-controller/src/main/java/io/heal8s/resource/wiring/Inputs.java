// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts the input plugins when everything is there, and ends them before the rest ends. */
final class Inputs implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Inputs.class);

  private final Map<String, InputPlugin> plugins;
  private final Function<String, InputSink> sinks;
  private volatile boolean running;

  Inputs(Map<String, InputPlugin> plugins, Function<String, InputSink> sinks) {
    this.plugins = plugins;
    this.sinks = sinks;
  }

  @Override
  public void start() {
    running = true;
    plugins.forEach((name, plugin) -> plugin.start(sinks.apply(name)));
  }

  @Override
  public void stop() {
    running = false;
    plugins.forEach(Inputs::close);
  }

  /** One that cannot be closed must not keep the others open. */
  private static void close(String name, InputPlugin plugin) {
    try {
      plugin.close();
    } catch (RuntimeException e) {
      log.warn("input {} did not close", name, e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the server has started, before it stops. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
