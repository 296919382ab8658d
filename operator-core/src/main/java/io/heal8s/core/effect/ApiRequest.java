// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API server.
 *
 * @param method HTTP method
 * @param path path below the server's address, already escaped
 * @param query parameters, not yet escaped; in the order given
 * @param words values of the repeated parameter {@code command}, in order; not yet escaped
 * @param contentType type of the body, null without a body
 * @param body JSON text, null without a body
 */
record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    List<String> words,
    @Nullable String contentType,
    @Nullable String body) {

  static final String JSON = "application/json";
  static final String JSON_PATCH = "application/json-patch+json";
  static final String MERGE_PATCH = "application/merge-patch+json";
  static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";
  static final String APPLY_PATCH = "application/apply-patch+yaml";

  static ApiRequest get(String path) {
    return new ApiRequest("GET", path, Map.of(), List.of(), null, null);
  }

  static ApiRequest send(String method, String path, String contentType, String body) {
    return new ApiRequest(method, path, Map.of(), List.of(), contentType, body);
  }

  ApiRequest with(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value);
    return new ApiRequest(method, path, more, words, contentType, body);
  }

  ApiRequest withCommand(List<String> command) {
    return new ApiRequest(method, path, query, List.copyOf(command), contentType, body);
  }
}
