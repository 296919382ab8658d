// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.sqs;

import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginHealth;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.input.document.Rounds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Resources from messages of an SQS queue. Found by the ServiceLoader. */
public final class SqsInput implements InputPlugin {

  /** A question waits at the server; there is no need to wait here, too. */
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private final Rounds rounds = new Rounds(SqsSettings.NAME);
  private @Nullable SqsSettings settings;
  private @Nullable SqsRound round;

  /** Made by the ServiceLoader. */
  public SqsInput() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo(SqsSettings.NAME, "1.0.0", API_VERSION);
  }

  @Override
  public void open(PluginEnvironment environment) {
    settings = SqsSettings.read(environment.settings()).orElse(null);
  }

  @Override
  public void start(InputSink sink) {
    if (settings != null) {
      SqsRound begun = new SqsRound(settings, settings.client(), sink);
      round = begun;
      rounds.start(BETWEEN, begun);
    }
  }

  @Override
  public PluginHealth health() {
    if (settings == null) {
      return new PluginHealth(true, "no queue is set in PLUGIN_CONFIGS");
    }
    String waiting = round == null ? null : round.waitingFor();
    return waiting == null ? rounds.health() : new PluginHealth(false, waiting);
  }

  @Override
  public void close() {
    if (round != null) {
      round.stop();
    }
    rounds.close();
    if (round != null) {
      round.close();
    }
  }
}
