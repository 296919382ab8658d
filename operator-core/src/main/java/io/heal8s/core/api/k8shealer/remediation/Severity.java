// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

/** How urgent the alert is. */
public enum Severity {
  critical,
  warning,
  info
}
