// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two counters that say what a reconcile costs.
 *
 * @param reconciles runs of all controllers since the start
 * @param cpuSeconds processor time of the whole process, all cores
 */
record OperatorMetrics(double reconciles, double cpuSeconds) {

  private static final Pattern RECONCILES =
      Pattern.compile("(?m)^controller_runtime_reconcile_total\\{[^}]*} (\\S+)$");
  private static final Pattern CPU =
      Pattern.compile("(?m)^process_cpu_time_ns_total(?:\\{[^}]*})? (\\S+)$");

  static OperatorMetrics of(String page) {
    return new OperatorMetrics(sum(RECONCILES, page), sum(CPU, page) / 1e9);
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
