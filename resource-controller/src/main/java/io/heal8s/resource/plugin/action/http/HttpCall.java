// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.resource.plugin.ActionRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call as the configuration says.
 *
 * @param method HTTP method
 * @param url with placeholders {name}, {id}, {type}, {version}, {generation}
 * @param headers values, or references to secrets
 * @param body sent as it is; null for the usual document, none with GET and DELETE
 */
record HttpCall(String method, String url, Map<String, Header> headers, @Nullable JsonNode body) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");

  /**
   * A header's value.
   *
   * @param text the value, or the reference
   * @param isSecret whether it is a reference
   */
  record Header(String text, boolean isSecret) {}

  /** The call of an apply: {@code url}, {@code method} (POST), {@code headers}, {@code body}. */
  static HttpCall apply(JsonNode config) {
    return read(config, "POST", config);
  }

  /** The call of a destroy, in {@code destroy}; empty when nothing is to be called. */
  static Optional<HttpCall> destroy(JsonNode config) {
    JsonNode destroy = config.path("destroy");
    return destroy.isObject() ? Optional.of(read(destroy, "DELETE", config)) : Optional.empty();
  }

  /**
   * @throws IllegalArgumentException with what to change
   */
  private static HttpCall read(JsonNode node, String usualMethod, JsonNode outer) {
    String url = node.path("url").asString("");
    if (url.isBlank()) {
      throw new IllegalArgumentException("url is required in plugin_config");
    }
    String method = node.path("method").asString(usualMethod).toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw new IllegalArgumentException(
          "method is '" + method + "': must be GET, POST, PUT, PATCH or DELETE");
    }
    Map<String, Header> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    readHeaders(outer.path("headers"), headers);
    readHeaders(node.path("headers"), headers);
    JsonNode body = node.get("body");
    return new HttpCall(method, url, headers, body == null || body.isNull() ? null : body);
  }

  private static void readHeaders(JsonNode node, Map<String, Header> into) {
    node.properties()
        .forEach(
            each -> {
              String reference = each.getValue().path("secret").asString("");
              into.put(
                  each.getKey(),
                  reference.isEmpty()
                      ? new Header(each.getValue().asString(""), false)
                      : new Header(reference, true));
            });
  }

  /**
   * The request.
   *
   * @param operation what it is for, in the usual document
   * @param secrets reads what headers refer to
   * @throws IllegalArgumentException with what to change
   */
  OutboundRequest request(String operation, ActionRequest about, CallSecrets secrets) {
    OutboundRequest request = OutboundRequest.of(method, address(about));
    for (Map.Entry<String, Header> header : headers.entrySet()) {
      request = request.header(header.getKey(), secrets.value(header.getValue()));
    }
    if (about.dispatchKey() != null && !headers.containsKey("Idempotency-Key")) {
      request = request.header("Idempotency-Key", about.dispatchKey());
    }
    if (body == null && WITHOUT_BODY.contains(method)) {
      return request;
    }
    JsonNode document = body == null ? usual(operation, about) : body;
    return request.body("application/json", document.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The address with its placeholders filled in.
   *
   * @throws IllegalArgumentException with what to change
   */
  URI address(ActionRequest about) {
    String text = url;
    for (Map.Entry<String, String> each :
        Map.of(
                "{name}", about.resourceName(),
                "{id}", Long.toString(about.resourceId()),
                "{type}", about.typeName(),
                "{version}", about.typeVersion(),
                "{generation}", Long.toString(about.generation()))
            .entrySet()) {
      if (text.contains(each.getKey())) {
        text = text.replace(each.getKey(), segment(each.getKey(), each.getValue()));
      }
    }
    URI address = URI.create(text);
    if (!address.isAbsolute() || address.getHost() == null) {
      throw new IllegalArgumentException("url must be absolute, with a host");
    }
    return address;
  }

  /** As one segment of a path, which dots alone are not: they lead elsewhere. */
  private static String segment(String placeholder, String value) {
    if (value.equals(".") || value.equals("..")) {
      throw new IllegalArgumentException(
          "url: %s stands for '%s', which is no part of a path".formatted(placeholder, value));
    }
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ObjectNode usual(String operation, ActionRequest about) {
    ObjectNode document = JSON.createObjectNode();
    document.put("operation", operation);
    document
        .putObject("resource")
        .put("id", about.resourceId())
        .put("name", about.resourceName())
        .put("resource_type_name", about.typeName())
        .put("resource_type_version", about.typeVersion())
        .put("generation", about.generation());
    document.set("spec", about.spec());
    return document;
  }

  /** What is wrong with a configuration, without sending anything. */
  static List<String> problems(ActionRequest about) {
    try {
      JsonNode config = HttpConfig.of(about);
      apply(config).address(about);
      destroy(config).ifPresent(call -> call.address(about));
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
