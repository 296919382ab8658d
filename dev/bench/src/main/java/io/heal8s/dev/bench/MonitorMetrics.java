// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the monitor says of itself.
 *
 * @param active apps that are polled
 * @param lateness polls that began at most that many seconds late, by bound
 * @param eventsDropped Kubernetes Events that were never written
 * @param cpuSeconds processor time of the whole process
 */
record MonitorMetrics(
    double active, Map<Double, Double> lateness, double eventsDropped, double cpuSeconds) {

  /** Of a monitor that has just begun. */
  static final MonitorMetrics NONE = new MonitorMetrics(0, Map.of(), 0, 0);

  private static final Pattern BOUND = Pattern.compile("[{,]le=\"([^\"]+)\"");

  static MonitorMetrics of(String text) {
    MetricsPage page = new MetricsPage(text);
    Map<Double, Double> lateness = new TreeMap<>();
    page.samples("heal8s_graphql_poll_lateness_seconds_bucket")
        .forEach(line -> lateness.put(bound(line), MetricsPage.value(line)));
    return new MonitorMetrics(
        page.sum("operator_kco_active_monitors"),
        lateness,
        page.sum("heal8s_events_dropped_total"),
        page.cpuSeconds());
  }

  private static double bound(String line) {
    Matcher bound = BOUND.matcher(line);
    if (!bound.find()) {
      throw new IllegalStateException("a bucket without bound: " + line);
    }
    return bound.group(1).equals("+Inf")
        ? Double.POSITIVE_INFINITY
        : Double.parseDouble(bound.group(1));
  }

  /** Polls that began, of all apps that there ever were. */
  double begun() {
    return lateness.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
  }

  /**
   * The lateness in milliseconds that a part of the polls since then did not exceed: the bound of
   * the bucket in which it lies, so never less than it really was.
   */
  double latenessMs(MonitorMetrics before, double part) {
    double all = since(before, Double.POSITIVE_INFINITY);
    for (double bound : lateness.keySet()) {
      if (since(before, bound) >= part * all) {
        return bound * 1000;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private double since(MonitorMetrics before, double bound) {
    return lateness.getOrDefault(bound, 0.0) - before.lateness.getOrDefault(bound, 0.0);
  }
}
