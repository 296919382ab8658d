// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a route answers; what the description demands besides is filled in.
 *
 * @param body null for none
 */
record Answer(int status, @Nullable JsonNode body) {

  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  static Answer created(JsonNode body) {
    return new Answer(201, body);
  }

  static Answer empty(int status) {
    return new Answer(status, null);
  }

  static Answer notFound() {
    return error(404, "Not Found");
  }

  /** What GitHub calls a validation failure. */
  static Answer invalid(String resource, String message) {
    ObjectNode body = message("Validation Failed", 422);
    body.putArray("errors")
        .addObject()
        .put("resource", resource)
        .put("code", "custom")
        .put("message", message);
    return new Answer(422, body);
  }

  static Answer error(int status, String message) {
    return new Answer(status, message(message, status));
  }

  private static ObjectNode message(String message, int status) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("message", message)
        .put("documentation_url", "https://docs.github.com/rest")
        .put("status", Integer.toString(status));
  }
}
