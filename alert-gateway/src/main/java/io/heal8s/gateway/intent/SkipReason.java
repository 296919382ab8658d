// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intent;

import io.heal8s.core.decide.Reason;
import java.util.Locale;

/**
 * Why an alert is left alone for good. The names are part of the API: of the answer's JSON and, in
 * {@linkplain #metricValue() kebab case}, of the metric {@code heal8s_alerts_skipped_total}.
 */
public enum SkipReason implements Reason {
  /** Neither firing nor resolved. */
  NotFiring,
  /** Already asked for: a Remediation of that firing exists and is not to be tried again. */
  Duplicate,
  /** Tried as often as the policy allows, without success. */
  GaveUp,
  /** No label {@code alertname}. */
  NoAlertName,
  /** No route matches. */
  NoRoute,
  /** The first route that matches has no action: the policy says to leave it. */
  Ignored,
  /** The first route that could match cannot be used as it is written. */
  UnusableRoute,
  /** No label {@code namespace}. */
  NoNamespace,
  /** No label names a workload. */
  NoTarget,
  /** A label that should name an object holds what can be no name. */
  UnusableTarget,
  /** This installation has no rights in the namespace, on purpose. */
  NamespaceNotServed,
  /** The namespace does not exist. */
  NamespaceMissing,
  /** The namespace is being deleted. */
  NamespaceTerminating,
  /** The API server refused the object as invalid. */
  Invalid;

  private final String metricValue =
      name().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);

  /** The reason as metrics spell it, e.g. {@code not-firing}. */
  public String metricValue() {
    return metricValue;
  }
}
