// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.plugin.InputSink;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what an input plugin delivers, and what became of it. */
public final class CountedSink implements InputSink {

  private final String plugin;
  private final InputSink behind;
  private final MeterRegistry meters;

  /**
   * Makes it.
   *
   * @param plugin name of the plugin
   */
  public CountedSink(String plugin, InputSink behind, MeterRegistry meters) {
    this.plugin = plugin;
    this.behind = behind;
    this.meters = meters;
  }

  @Override
  public Receipt apply(Wanted wanted) {
    return counted("apply", behind.apply(wanted));
  }

  @Override
  public Receipt delete(Key key, @Nullable String source) {
    return counted("delete", behind.delete(key, source));
  }

  private Receipt counted(String operation, Receipt receipt) {
    String outcome =
        switch (receipt) {
          case Receipt.Accepted _ -> "accepted";
          case Receipt.Refused _ -> "refused";
          case Receipt.TryAgain _ -> "try_again";
        };
    meters
        .counter(
            "heal8s.resource.deliveries",
            "input_plugin",
            plugin,
            "operation",
            operation,
            "outcome",
            outcome)
        .increment();
    return receipt;
  }

  @Override
  public Map<Key, String> gone(String source, Collection<Key> named) {
    return behind.gone(source, named);
  }

  @Override
  public Optional<State> state(Key key) {
    return behind.state(key);
  }

  @Override
  public boolean alone(String source, Runnable work) {
    return behind.alone(source, work);
  }
}
