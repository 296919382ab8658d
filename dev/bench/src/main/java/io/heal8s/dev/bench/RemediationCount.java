// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;

/** Counts Remediations without reading them all. */
final class RemediationCount {

  private final CustomObjectsApi api;

  RemediationCount(ApiClient client) {
    api = new CustomObjectsApi(client);
  }

  /** How many there are in a namespace. */
  long in(String namespace) throws ApiException {
    Object list =
        api.listNamespacedCustomObject(
                Remediation.GROUP, Remediation.VERSION, namespace, Remediation.PLURAL)
            .limit(1)
            .execute();
    JsonObject json =
        JsonParser.parseString(new com.google.gson.Gson().toJson(list)).getAsJsonObject();
    JsonElement remaining = json.getAsJsonObject("metadata").get("remainingItemCount");
    long first = json.getAsJsonArray("items").size();
    return first + (remaining == null ? 0 : remaining.getAsBigDecimal().longValue());
  }
}
