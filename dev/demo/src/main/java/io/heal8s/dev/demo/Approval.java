// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AuthenticationV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.openapi.models.V1SelfSubjectReview;
import io.kubernetes.client.util.PatchUtils;
import java.util.Map;
import java.util.Objects;

/** What a person types to approve a plan. */
final class Approval {

  private final ApiClient client;

  Approval(ApiClient client) {
    this.client = client;
  }

  /**
   * Approves one plan under the client's own name.
   *
   * @return that name
   */
  String give(Remediation remediation, String planId) {
    try {
      String name = ownName();
      Map<String, String> annotations =
          Map.of(Annotations.APPROVE, name, Annotations.APPROVED_PLAN, planId);
      String patch = new Gson().toJson(Map.of("metadata", Map.of("annotations", annotations)));
      CustomObjectsApi api = new CustomObjectsApi(client);
      PatchUtils.patch(
          Object.class,
          () ->
              api.patchNamespacedCustomObject(
                      Remediation.GROUP,
                      Remediation.VERSION,
                      Objects.requireNonNull(remediation.metadata().getNamespace()),
                      Remediation.PLURAL,
                      Objects.requireNonNull(remediation.metadata().getName()),
                      new V1Patch(patch))
                  .buildCall(null),
          V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
          client);
      return name;
    } catch (ApiException e) {
      throw new IllegalStateException("the approval was refused: " + e.getResponseBody(), e);
    }
  }

  private String ownName() throws ApiException {
    V1SelfSubjectReview review =
        new AuthenticationV1Api(client)
            .createSelfSubjectReview(new V1SelfSubjectReview())
            .execute();
    JsonObject json = JsonParser.parseString(review.toJson()).getAsJsonObject();
    return json.getAsJsonObject("status").getAsJsonObject("userInfo").get("username").getAsString();
  }
}
