// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request that the description found in order.
 *
 * @param path path parameters by name
 * @param query query parameters by name
 * @param body null for none
 * @param authorization the header, null for none
 * @param caller who sends it; an app's assertion names nobody
 */
record Call(
    Map<String, String> path,
    Map<String, String> query,
    @Nullable JsonNode body,
    @Nullable String authorization,
    @Nullable Caller caller) {

  String path(String name) {
    return Objects.requireNonNull(path.get(name), name);
  }

  long number(String name) {
    return Long.parseLong(path(name));
  }

  String query(String name, String fallback) {
    return query.getOrDefault(name, fallback);
  }

  JsonNode json() {
    return Objects.requireNonNull(body, "body");
  }

  Caller who() {
    return Objects.requireNonNull(caller, "caller");
  }
}
