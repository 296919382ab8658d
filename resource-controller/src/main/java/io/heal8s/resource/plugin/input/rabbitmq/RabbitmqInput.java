// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.rabbitmq;

import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginHealth;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.input.document.Rounds;
import org.jspecify.annotations.Nullable;

/** Resources from messages of a RabbitMQ queue. Found by the ServiceLoader. */
public final class RabbitmqInput implements InputPlugin {

  private final Rounds rounds = new Rounds(QueueSettings.NAME);
  private @Nullable QueueSettings settings;
  private @Nullable QueueRound round;

  /** Made by the ServiceLoader. */
  public RabbitmqInput() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo(QueueSettings.NAME, "1.0.0", API_VERSION);
  }

  @Override
  public void open(PluginEnvironment environment) {
    settings = QueueSettings.read(environment.settings()).orElse(null);
  }

  @Override
  public void start(InputSink sink) {
    if (settings != null) {
      QueueRound begun = new QueueRound(settings, sink);
      round = begun;
      rounds.start(settings.interval(), begun);
    }
  }

  @Override
  public PluginHealth health() {
    return settings == null
        ? new PluginHealth(true, "no queue is set in PLUGIN_CONFIGS")
        : rounds.health();
  }

  @Override
  public void close() {
    rounds.close();
    if (round != null) {
      round.close();
    }
  }
}
