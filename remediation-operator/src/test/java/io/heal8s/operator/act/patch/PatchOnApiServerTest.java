// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What our reading of RFC 6902 is worth: the same patches on a real API server. */
@RealCluster
class PatchOnApiServerTest {

  private static final String CONTAINER = "spec.template.spec.containers[name=api].";
  private static final List<Change> CHANGES =
      List.of(
          Change.of(CONTAINER + "resources.limits.memory", "256Mi", "2048Mi", ValueType.string),
          Change.of(CONTAINER + "resources.requests.memory", null, "64Mi", ValueType.string),
          Change.of("spec.replicas", "1", "3", ValueType.integer),
          Change.of(
              "spec.template.metadata.annotations[\"kubectl.kubernetes.io/restartedAt\"]",
              null,
              "2026-03-01T12:00:00Z",
              ValueType.string));

  private final TestCluster cluster;

  PatchOnApiServerTest(TestCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void deployment() {
    cluster.applyText(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          replicas: 1
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec:
              containers:
                - {name: proxy, image: "proxy:1"}
                - {name: api, image: "api:1", resources: {limits: {memory: 256Mi}}}
        """);
  }

  @Test
  void changesAreMadeAsAWholeSeenAsLiveAndTakenBack() throws ApiException {
    LiveObject before = read();
    assertThat(ChangesState.of(CHANGES, before)).isEqualTo(new ChangesState.AllBefore());
    send(ready(ObjectPatch.apply(CHANGES, before)));

    LiveObject after = read();
    assertThat(after.text(CONTAINER + "resources.limits.memory")).isEqualTo("2Gi");
    assertThat(ChangesState.of(CHANGES, after)).isEqualTo(new ChangesState.AllAfter());
    assertThat(ObjectPatch.apply(CHANGES, after)).isEqualTo(new ObjectPatch.NothingLeft());

    send(ready(ObjectPatch.undo(CHANGES, after)));
    assertThat(ChangesState.of(CHANGES, read())).isEqualTo(new ChangesState.AllBefore());
  }

  @Test
  void aPatchOfAnOlderReadIsRefusedAsAWhole() throws ApiException {
    LiveObject old = read();
    JsonArray late = ready(ObjectPatch.apply(CHANGES, old));
    Change other = Change.of("metadata.labels[\"a.b/c\"]", null, "x", ValueType.string);
    send(ready(ObjectPatch.apply(List.of(other), old)));
    LiveObject now = read();
    assertThatThrownBy(() -> send(late))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              // Unlike a refusal by validation this one names no object: so it is told apart.
              assertThat(refused.getCode()).isEqualTo(422);
              assertThat(refused.getResponseBody()).contains("\"details\":{}");
            });
    assertThat(read()).isEqualTo(now);
  }

  private static JsonArray ready(ObjectPatch patch) {
    if (patch instanceof ObjectPatch.Ready(JsonArray operations)) {
      return operations;
    }
    throw new AssertionError("no patch but " + patch);
  }

  private LiveObject read() throws ApiException {
    return call("GET", null);
  }

  private void send(JsonArray patch) throws ApiException {
    call("PATCH", patch);
  }

  private LiveObject call(String method, @Nullable JsonArray body) throws ApiException {
    ApiClient client = cluster.admin();
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    if (body != null) {
      headers.put("Content-Type", "application/json-patch+json");
    }
    String path = "/apis/apps/v1/namespaces/" + cluster.namespace() + "/deployments/api";
    return new LiveObject(
        client
            .<JsonObject>execute(
                client.buildCall(
                    null,
                    path,
                    method,
                    List.of(),
                    List.of(),
                    body,
                    headers,
                    new HashMap<>(),
                    new HashMap<>(),
                    new String[] {"BearerToken"},
                    null),
                JsonObject.class)
            .getData());
  }
}
