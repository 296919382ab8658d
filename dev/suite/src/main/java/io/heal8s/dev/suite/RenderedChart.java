// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.suite;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Picks from what helm rendered. */
final class RenderedChart {

  private static final Pattern DOCUMENT_START = Pattern.compile("(?m)^---.*$");
  private static final Pattern KIND = Pattern.compile("(?m)^kind: *(\\S+)");
  private static final Set<String> NOT_RUN_HERE =
      Set.of(
          "Deployment",
          "Service",
          "NetworkPolicy",
          "PodDisruptionBudget",
          "ServiceMonitor",
          "PrometheusRule");

  private RenderedChart() {}

  /**
   * What of a rendered chart is needed when the services run as processes beside the cluster:
   * accounts, rights, CRDs and admission policies are, what would run them as pods is not.
   */
  static String besideProcesses(String rendered) {
    return DOCUMENT_START
        .splitAsStream(rendered)
        .filter(document -> !NOT_RUN_HERE.contains(kind(document)))
        .collect(Collectors.joining("\n---\n"));
  }

  private static String kind(String document) {
    Matcher kind = KIND.matcher(document);
    return kind.find() ? kind.group(1) : "";
  }
}
