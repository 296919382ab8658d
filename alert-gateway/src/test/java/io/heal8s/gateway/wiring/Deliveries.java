// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import java.util.List;

/** Bodies as Alertmanager writes them. */
final class Deliveries {

  static final String START = "2026-03-01T10:00:00.123Z";

  private Deliveries() {}

  /** One alert about a deployment that a built-in route knows. */
  static String oom(String namespace, String deployment) {
    return of(alert("firing", "KubePodOOMKilled", namespace, deployment));
  }

  static String of(String... alerts) {
    return """
        {"version":"4","groupKey":"{}:{}","truncatedAlerts":0,"status":"firing",\
        "receiver":"heal8s","groupLabels":{},"commonLabels":{},"commonAnnotations":{},\
        "externalURL":"http://alertmanager","alerts":[%s]}"""
        .formatted(String.join(",", List.of(alerts)));
  }

  static String alert(String status, String alertName, String namespace, String deployment) {
    String end = status.equals("firing") ? "0001-01-01T00:00:00Z" : "2026-03-01T10:30:00Z";
    return """
        {"status":"%s","labels":{"alertname":"%s","namespace":"%s","deployment":"%s",\
        "container":"app","severity":"critical"},"annotations":{"summary":"out of memory"},\
        "startsAt":"%s","endsAt":"%s","generatorURL":"","fingerprint":"f-%s"}"""
        .formatted(status, alertName, namespace, deployment, START, end, deployment);
  }
}
