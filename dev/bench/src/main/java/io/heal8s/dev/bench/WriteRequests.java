// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/** Write requests as the API server's own metrics count them. */
final class WriteRequests {

  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^apiserver_request_total\\{([^}]*)} (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Set<String> WRITES =
      Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION");

  private final ApiClient admin;

  WriteRequests(ApiClient admin) {
    this.admin = admin;
  }

  /** All write requests since the API server's start; those for Leases are left out. */
  long count() throws ApiException, IOException {
    long sum = 0;
    Matcher sample = SAMPLE.matcher(page());
    while (sample.find()) {
      Map<String, String> labels = labels(sample.group(1));
      if (WRITES.contains(labels.get("verb")) && !"leases".equals(labels.get("resource"))) {
        sum += Math.round(Double.parseDouble(sample.group(2)));
      }
    }
    return sum;
  }

  /** Writes of the status of one kind since the API server's start. */
  long statusWrites(String resource) throws ApiException, IOException {
    long sum = 0;
    Matcher sample = SAMPLE.matcher(page());
    while (sample.find()) {
      Map<String, String> labels = labels(sample.group(1));
      if (WRITES.contains(labels.get("verb"))
          && resource.equals(labels.get("resource"))
          && "status".equals(labels.get("subresource"))) {
        sum += Math.round(Double.parseDouble(sample.group(2)));
      }
    }
    return sum;
  }

  private String page() throws ApiException, IOException {
    try (Response response =
        admin
            .buildCall(
                admin.getBasePath(),
                "/metrics",
                "GET",
                List.of(),
                List.of(),
                null,
                new java.util.HashMap<>(),
                new java.util.HashMap<>(),
                new java.util.HashMap<>(),
                new String[] {"BearerToken"},
                null)
            .execute()) {
      if (!response.isSuccessful()) {
        throw new IOException("the API server's metrics answer " + response.code());
      }
      return response.body().string();
    }
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new java.util.HashMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }
}
