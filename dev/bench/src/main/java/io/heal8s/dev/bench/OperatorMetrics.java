// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

/**
 * What says what a reconcile costs.
 *
 * @param reconciles runs of the loop over targets since the start: each is the full judgement of a
 *     planned Remediation
 * @param cpuSeconds processor time of the whole process, all cores
 * @param depth keys that wait in the queues of all loops
 */
record OperatorMetrics(double reconciles, double cpuSeconds, double depth) {

  static OperatorMetrics of(String text) {
    MetricsPage page = new MetricsPage(text);
    return new OperatorMetrics(
        page.sum("controller_runtime_reconcile_total", "controller=\"target\""),
        page.cpuSeconds(),
        page.sum("workqueue_depth"));
  }
}
