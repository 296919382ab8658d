// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.kubernetes;

import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginHealth;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.input.document.Rounds;
import java.time.Clock;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Resources follow custom resources of a namespace. Found by the ServiceLoader. */
public final class KubernetesInput implements InputPlugin {

  private final Rounds rounds = new Rounds(CustomKinds.NAME);
  private @Nullable CustomKinds kinds;
  private @Nullable KubernetesApi api;
  private InstantSource clock = Clock.systemUTC();

  /** Made by the ServiceLoader. */
  public KubernetesInput() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo(CustomKinds.NAME, "1.0.0", API_VERSION);
  }

  @Override
  public void open(PluginEnvironment environment) {
    clock = environment.time();
    CustomKinds read = CustomKinds.read(environment.settings()).orElse(null);
    kinds = read;
    api = read == null ? null : read.connect();
  }

  @Override
  public void start(InputSink sink) {
    if (kinds != null && api != null) {
      rounds.start(
          kinds.interval(),
          new CustomRound(kinds, kinds.source(api), new CustomObjects(api), sink, clock));
    }
  }

  @Override
  public PluginHealth health() {
    return kinds == null
        ? new PluginHealth(true, "no types are set in PLUGIN_CONFIGS")
        : rounds.health();
  }

  @Override
  public void close() {
    rounds.close();
  }
}
