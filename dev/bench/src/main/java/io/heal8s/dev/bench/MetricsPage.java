// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import java.util.stream.Stream;

/** A page of metrics as Prometheus reads it. */
record MetricsPage(String text) {

  /** Sum of all samples of that name; 0 if there is none. */
  double sum(String name) {
    return sum(name, "");
  }

  /**
   * Sum of the samples of that name that carry a label.
   *
   * @param label as the page has it, such as {@code controller="target"}
   */
  double sum(String name, String label) {
    return samples(name).filter(line -> line.contains(label)).mapToDouble(MetricsPage::value).sum();
  }

  /** Processor time of the whole process, all cores, in seconds. */
  double cpuSeconds() {
    return sum("process_cpu_time_ns_total") / 1e9;
  }

  /** Lines of the samples of that name, labels and value included. */
  Stream<String> samples(String name) {
    return text.lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "));
  }

  /** The value of such a line. */
  static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
