// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How many Remediations of a namespace rest in which state. */
final class Phases {

  private final CustomObjectsApi api;
  private final String namespace;

  Phases(ApiClient client, String namespace) {
    this.api = new CustomObjectsApi(client);
    this.namespace = namespace;
  }

  /**
   * Number of objects by phase; one that is stalled and has not ended counts as {@code Stalled},
   * one without status as {@code New}.
   */
  Map<String, Integer> count() throws ApiException {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonElement item : list().getAsJsonArray("items")) {
      counts.merge(state(item.getAsJsonObject()), 1, Integer::sum);
    }
    return counts;
  }

  // From the API server's memory: read from etcd, ten thousand objects keep it busy for longer
  // than the operator needs to plan a thousand of them.
  private JsonObject list() throws ApiException {
    Object list =
        api.listNamespacedCustomObject(
                Remediation.GROUP, Remediation.VERSION, namespace, Remediation.PLURAL)
            .resourceVersion("0")
            .execute();
    return new Gson().toJsonTree(list).getAsJsonObject();
  }

  private static String state(JsonObject remediation) {
    JsonObject status = remediation.getAsJsonObject("status");
    if (status == null || status.get("phase") == null) {
      return "New";
    }
    String phase = status.get("phase").getAsString();
    if (isEnd(phase)) {
      return phase;
    }
    JsonArray conditions = status.getAsJsonArray("conditions");
    for (JsonElement element : conditions == null ? new JsonArray() : conditions) {
      JsonObject condition = element.getAsJsonObject();
      if (condition.get("type").getAsString().equals("Stalled")
          && condition.get("status").getAsString().equals("True")) {
        return "Stalled";
      }
    }
    return phase;
  }

  private static boolean isEnd(String phase) {
    return Arrays.stream(Phase.values()).anyMatch(p -> p.isEnd() && p.name().equals(phase));
  }
}
