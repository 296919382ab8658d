// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.IncomingAlert.Status;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts and rules for tests. */
final class Samples {

  static final OffsetDateTime START = OffsetDateTime.parse("2026-03-01T10:00:00.123Z");
  static final NamespaceRules BUILT_IN = NamespaceRules.of(EffectivePolicy.DEFAULT);

  private Samples() {}

  /** Labels as {@code name=value} after the alert's name. */
  static IncomingAlert alert(Status status, String... labels) {
    Map<String, String> map = new HashMap<>();
    Arrays.stream(labels)
        .map(label -> label.split("=", 2))
        .forEach(label -> map.put(label[0], label[1]));
    return new IncomingAlert(
        "alertmanager", status, Map.copyOf(map), "c0ffee", START, null, "{\"a\":1}");
  }

  static IncomingAlert firing(String... labels) {
    return alert(Status.Firing, labels);
  }

  static Route route(
      String name, @Nullable Map<String, String> labels, @Nullable List<String> severity) {
    return new Route(
        name, labels, severity, ActionSpec.of(ActionType.RestartWorkload, Map.of()), null, null);
  }
}
