// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How many Remediations of a namespace rest in which state. */
final class Phases {

  private static final int PAGE = 1000;

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
    String next = null;
    do {
      JsonObject page = page(next);
      for (JsonElement item : page.getAsJsonArray("items")) {
        counts.merge(state(item.getAsJsonObject()), 1, Integer::sum);
      }
      JsonElement token = page.getAsJsonObject("metadata").get("continue");
      next = token == null ? null : token.getAsString();
    } while (next != null && !next.isEmpty());
    return counts;
  }

  private JsonObject page(@Nullable String from) throws ApiException {
    var request =
        api.listNamespacedCustomObject(
                Remediation.GROUP, Remediation.VERSION, namespace, Remediation.PLURAL)
            .limit(PAGE);
    Object list = (from == null ? request : request._continue(from)).execute();
    return JsonParser.parseString(new com.google.gson.Gson().toJson(list)).getAsJsonObject();
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
