// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What says what a reconcile costs.
 *
 * @param reconciles runs of the loop over targets since the start: each is the full judgement of a
 *     planned Remediation
 * @param cpuSeconds processor time of the whole process, all cores
 * @param depth keys that wait in the queues of all loops
 */
record OperatorMetrics(double reconciles, double cpuSeconds, double depth) {

  private static final Pattern RECONCILES =
      Pattern.compile(
          "(?m)^controller_runtime_reconcile_total\\{controller=\"target\"[^}]*} (\\S+)$");
  private static final Pattern CPU =
      Pattern.compile("(?m)^process_cpu_time_ns_total(?:\\{[^}]*})? (\\S+)$");

  private static final Pattern DEPTH = Pattern.compile("(?m)^workqueue_depth\\{[^}]*} (\\S+)$");

  static OperatorMetrics of(String page) {
    return new OperatorMetrics(sum(RECONCILES, page), sum(CPU, page) / 1e9, sum(DEPTH, page));
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
