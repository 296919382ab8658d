// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** An answer that is no success, in the shape of the original: {@code {"detail": …}}. */
final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode detail;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private boolean refusal;

  private ApiException(int status, JsonNode detail) {
    super(detail.toString(), null, false, false);
    this.status = status;
    this.detail = detail;
  }

  static ApiException of(int status, @Nullable String detail) {
    return new ApiException(status, JsonNodeFactory.instance.stringNode(String.valueOf(detail)));
  }

  static ApiException notFound(String what) {
    return of(404, what + " not found");
  }

  static ApiException forbidden() {
    return of(403, "Insufficient permissions");
  }

  /** A request that does not fit its model; a list of problems. */
  static ApiException invalid(JsonNode problems) {
    return new ApiException(422, problems);
  }

  ApiException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Nothing was done, so that the same request may be sent again and is judged anew. */
  ApiException asRefusal() {
    refusal = true;
    return this;
  }

  boolean isRefusal() {
    return refusal;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  JsonNode body() {
    return JsonNodeFactory.instance.objectNode().set("detail", detail);
  }
}
