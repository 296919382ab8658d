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

  private static final Pattern ACTIVE =
      Pattern.compile("(?m)^operator_kco_active_monitors(?:\\{[^}]*})? (\\S+)$");
  private static final Pattern DROPPED =
      Pattern.compile("(?m)^heal8s_events_dropped_total(?:\\{[^}]*})? (\\S+)$");
  private static final Pattern LATENESS =
      Pattern.compile(
          "(?m)^heal8s_graphql_poll_lateness_seconds_bucket\\{[^}]*le=\"([^\"]+)\"[^}]*} (\\S+)$");
  private static final Pattern CPU =
      Pattern.compile("(?m)^process_cpu_time_ns_total(?:\\{[^}]*})? (\\S+)$");

  static MonitorMetrics of(String page) {
    Map<Double, Double> lateness = new TreeMap<>();
    Matcher bucket = LATENESS.matcher(page);
    while (bucket.find()) {
      String bound = bucket.group(1);
      lateness.put(
          bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
          Double.parseDouble(bucket.group(2)));
    }
    return new MonitorMetrics(
        sum(ACTIVE, page), lateness, sum(DROPPED, page), sum(CPU, page) / 1e9);
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

  private static double sum(Pattern samples, String page) {
    double sum = 0;
    Matcher sample = samples.matcher(page);
    while (sample.find()) {
      sum += Double.parseDouble(sample.group(1));
    }
    return sum;
  }
}
