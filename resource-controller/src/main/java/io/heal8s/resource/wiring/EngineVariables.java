// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.reconcile.EngineSettings;
import io.heal8s.resource.reconcile.decision.Backoff;
import io.heal8s.resource.reconcile.decision.OnUnknown;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Settings of the reconcile loop, by the original's names and units. */
final class EngineVariables {

  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private EngineVariables() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static EngineSettings read(Variables variables) {
    EngineSettings usual = EngineSettings.defaults();
    return new EngineSettings(
        variables.integer("MAX_CONCURRENT_RECONCILES", usual.maxConcurrent(), 1, 10_000),
        limits(variables, "MAX_CONCURRENT_PER_PLUGIN"),
        limits(variables, "MAX_CONCURRENT_PER_TYPE"),
        variables.seconds("RECONCILE_INTERVAL", usual.interval(), LEAST),
        backoff(variables),
        OnUnknown.valueOf(
            variables
                .choice("ON_UNKNOWN", "hold", List.of("hold", "redispatch"))
                .toUpperCase(Locale.ROOT)),
        variables.seconds("DRIFT_INTERVAL", usual.driftInterval(), SECOND),
        variables.seconds("LEASE_DURATION", usual.lease(), Duration.ofSeconds(3)),
        Duration.ofDays(
            variables.integer("HISTORY_DAYS", (int) usual.historyAge().toDays(), 1, 36_500)),
        variables.integer("HISTORY_PER_RESOURCE", usual.historyPerResource(), 1, Integer.MAX_VALUE),
        Duration.ofDays(
            variables.integer("EVENT_DAYS", (int) usual.eventAge().toDays(), 1, 36_500)));
  }

  private static Backoff backoff(Variables variables) {
    Backoff usual = Backoff.DEFAULT;
    Duration base = variables.seconds("BACKOFF_BASE_DELAY", usual.base(), LEAST);
    Duration max = variables.seconds("BACKOFF_MAX_DELAY", usual.max(), LEAST);
    if (max.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "BACKOFF_MAX_DELAY is %s s: must be at least BACKOFF_BASE_DELAY, which is %s s"
              .formatted(max.toMillis() / 1000.0, base.toMillis() / 1000.0));
    }
    return new Backoff(base, max, variables.fraction("BACKOFF_JITTER_FACTOR", usual.jitter()));
  }

  /** Limits as {@code name=5,other=2}. */
  private static Map<String, Integer> limits(Variables variables, String name) {
    Map<String, Integer> limits = new TreeMap<>();
    for (String item : variables.list(name)) {
      int equals = item.indexOf('=');
      if (equals < 1 || !item.substring(equals + 1).matches("[1-9]\\d{0,5}")) {
        throw Variables.wrong(name, item, "of the form name=5,other=2");
      }
      limits.put(item.substring(0, equals), Integer.valueOf(item.substring(equals + 1)));
    }
    return Map.copyOf(limits);
  }
}
