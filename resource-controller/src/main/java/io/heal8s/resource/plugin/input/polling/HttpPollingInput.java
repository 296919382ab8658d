// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.polling;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginHealth;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.input.document.Rounds;
import java.time.Clock;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Resources follow a list that a server gives. Found by the ServiceLoader. */
public final class HttpPollingInput implements InputPlugin {

  private final Rounds rounds = new Rounds(PolledList.NAME);
  private @Nullable PolledList list;
  private @Nullable OutboundHttpClient client;
  private InstantSource clock = Clock.systemUTC();

  /** Made by the ServiceLoader. */
  public HttpPollingInput() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo(PolledList.NAME, "1.0.0", API_VERSION);
  }

  @Override
  public void open(PluginEnvironment environment) {
    clock = environment.time();
    PolledList read = PolledList.read(environment.settings()).orElse(null);
    list = read;
    client = read == null ? null : new OutboundHttpClient(read.outbound());
  }

  @Override
  public void start(InputSink sink) {
    if (list != null && client != null) {
      rounds.start(list.interval(), new PollingRound(list, client, sink, clock));
    }
  }

  @Override
  public PluginHealth health() {
    return list == null
        ? new PluginHealth(true, "no url is set in PLUGIN_CONFIGS")
        : rounds.health();
  }

  @Override
  public void close() {
    rounds.close();
    if (client != null) {
      client.close();
    }
  }
}
