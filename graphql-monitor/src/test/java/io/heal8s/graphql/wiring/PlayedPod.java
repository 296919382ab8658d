// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import com.google.gson.JsonObject;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.graphql.exchange.PlayedServer;
import java.util.List;
import java.util.Map;

/**
 * A pod of the label app=shop that runs nowhere; its port {@code graph} is that of a server here.
 */
record PlayedPod(MonitorCluster cluster, String name) {

  private static final ResourceType<JsonObject> PODS =
      ResourceType.untyped("", "v1", "Pod", "pods", true);

  /** Creates it, not ready yet. */
  static PlayedPod create(MonitorCluster cluster, String name, PlayedServer server) {
    cluster.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}}");
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, labels: {app: shop}}
        spec:
          serviceAccountName: default
          automountServiceAccountToken: false
          nodeName: somewhere
          containers: [{name: app, image: "x", ports: [{name: graph, containerPort: %d}]}]
        """
            .formatted(name, server.destination().port()));
    return new PlayedPod(cluster, name);
  }

  /** What its kubelet would write. */
  PlayedPod ready(boolean ready) {
    new ServerSideApplier(cluster.admin(), "test-kubelet")
        .applyStatus(
            PODS,
            new ObjectKey(cluster.namespace(), name),
            Precondition.NONE,
            Map.of(
                "phase",
                "Running",
                "podIP",
                "127.0.0.1",
                "podIPs",
                List.of(Map.of("ip", "127.0.0.1")),
                "conditions",
                List.of(Map.of("type", "Ready", "status", ready ? "True" : "False"))))
        .orThrow();
    return this;
  }
}
