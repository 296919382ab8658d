// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import com.google.gson.JsonObject;

/** Objects that tests begin with. */
final class Samples {
  private Samples() {}

  static Doc remediation(String namespace, String name) {
    return Doc.yaml(
            """
            apiVersion: k8shealer.k8s-healer.io/v1alpha1
            kind: Remediation
            spec:
              alert: {name: KubePodOOMKilled, fingerprint: abc, source: alertmanager, severity: critical}
              action: {type: IncreaseMemory, params: {memoryIncreasePercent: "25"}}
              strategy: {}
              target: {kind: Deployment, name: api}
            """)
        .with("metadata", Doc.map("name", name, "namespace", namespace))
        .with("spec.target.namespace", namespace);
  }

  static JsonObject detector(String kind) {
    return Doc.map("kind", kind, "name", "shop", "reason", "Stale");
  }

  /** A condition as YAML flow, for statuses. */
  static String condition(String type, String status) {
    return "{type: %s, status: '%s', reason: Because, message: m, lastTransitionTime: '2026-01-01T00:00:00Z'}"
        .formatted(type, status);
  }
}
