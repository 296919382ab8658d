// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import java.util.List;
import java.util.Map;

/** The four routes that hold when no policy has any, as the first release had them. */
final class BuiltInRoutes {

  private static final Map<String, String> MEMORY =
      Map.of("memoryIncreasePercent", "25", "maxMemory", "2Gi");

  static final List<Route> ROUTES =
      List.of(
          route("KubePodOOMKilled", ActionType.IncreaseMemory, MEMORY),
          route("ContainerOOMKilled", ActionType.IncreaseMemory, MEMORY),
          route(
              "KubeHpaMaxedOut",
              ActionType.ScaleUp,
              Map.of("scaleUpPercent", "50", "maxReplicas", "10")),
          route(
              "KubePodCrashLooping",
              ActionType.RollbackImage,
              Map.of("rollbackMaxRevisions", "5")));

  private BuiltInRoutes() {}

  private static Route route(String alertName, ActionType action, Map<String, String> params) {
    return new Route(alertName, null, null, ActionSpec.of(action, params), null, null);
  }
}
