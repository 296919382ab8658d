// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.pr.forge.Samples;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Writes what the operator leaves in a Remediation's status, under the operator's name. */
record PlannedStatus(ApiClient admin, ObjectKey key) {

  /** Planned and let through by the gate. */
  void write(String repository) {
    write(repository, "Pending");
  }

  /** The same in another phase. */
  void write(String repository, String phase) {
    write("git", repository, phase);
  }

  /** The same for another forge. */
  void write(String forge, String repository, String phase) {
    new ServerSideApplier(new KubernetesApi(admin, Duration.ofSeconds(10)), "heal8s-operator")
        .applyStatus(
            ServedKinds.REMEDIATIONS,
            key,
            Precondition.NONE,
            Map.of(
                "phase",
                phase,
                "target",
                Map.of(
                    "apiVersion", "apps/v1",
                    "kind", "Deployment",
                    "namespace", "shop",
                    "name", "api",
                    "uid", "uid-api",
                    "container", "api"),
                "plan",
                Map.of(
                    "id",
                    "plan-1",
                    "cluster",
                    "test",
                    "changes",
                    List.of(
                        Map.of(
                            "path", Samples.LIMIT,
                            "before", "256Mi",
                            "after", "320Mi",
                            "type", "string")),
                    "repository",
                    Map.of(
                        "forge",
                        forge,
                        "repository",
                        repository,
                        "baseBranch",
                        "main",
                        "path",
                        "apps/shop/api.yaml")),
                "conditions",
                List.of(
                    Map.of(
                        "type", "Gated",
                        "status", "True",
                        "reason", "ReadyToAct",
                        "message", "the plan may act",
                        "lastTransitionTime", "2026-03-01T12:00:00Z"))))
        .orThrow();
  }
}
