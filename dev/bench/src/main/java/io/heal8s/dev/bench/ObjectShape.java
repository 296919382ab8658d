// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a stored Remediation is made of: which fields its labels and spec have and how large they
 * are. Two that are alike cost the API server the same.
 *
 * @param fields paths of all fields that are set, such as {@code spec.alert.name}
 * @param bytes length of labels and spec as JSON
 */
record ObjectShape(SortedSet<String> fields, int bytes) {

  /** Names and trace ids may differ by that much. */
  private static final int TOLERANCE = 64;

  private static final String FINGERPRINT = "k8s-healer.io/fingerprint=";

  /** The shape of the only Remediation of an alert. */
  static ObjectShape of(ApiClient client, String namespace, String fingerprint)
      throws ApiException {
    Object list =
        new CustomObjectsApi(client)
            .listNamespacedCustomObject(
                Remediation.GROUP, Remediation.VERSION, namespace, Remediation.PLURAL)
            .labelSelector(FINGERPRINT + fingerprint)
            .execute();
    JsonArray items =
        JsonParser.parseString(new Gson().toJson(list)).getAsJsonObject().getAsJsonArray("items");
    if (items.size() != 1) {
      throw new IllegalStateException(
          items.size() + " Remediations have the fingerprint " + fingerprint);
    }
    return of(items.get(0).getAsJsonObject());
  }

  static ObjectShape of(JsonObject remediation) {
    JsonObject labels = remediation.getAsJsonObject("metadata").getAsJsonObject("labels");
    JsonObject spec = remediation.getAsJsonObject("spec");
    SortedSet<String> fields = new TreeSet<>();
    collect(fields, "labels", labels);
    collect(fields, "spec", spec);
    return new ObjectShape(fields, labels.toString().length() + spec.toString().length());
  }

  private static void collect(SortedSet<String> fields, String path, JsonElement element) {
    if (element.isJsonObject()) {
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(field -> collect(fields, path + "." + field.getKey(), field.getValue()));
    } else {
      fields.add(path);
    }
  }

  /**
   * Whether it compares like with like.
   *
   * @throws IllegalStateException if the two differ in their fields, or clearly in their size
   */
  void requireLike(ObjectShape other) {
    if (!fields.equals(other.fields) || Math.abs(bytes - other.bytes) > TOLERANCE) {
      throw new IllegalStateException(
          "what is created raw is not what the gateway creates: " + this + " and " + other);
    }
  }
}
