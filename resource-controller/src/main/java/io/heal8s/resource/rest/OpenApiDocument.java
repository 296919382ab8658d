// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document. Paths, methods and parameters are read from what is really served; the
 * words and the shapes of bodies come from the resources beside this class.
 */
public final class OpenApiDocument {

  private static final String REFERENCE = "#/components/schemas/";
  private static final String JSON = "application/json";
  private static final JsonNode TEXT = type("string");
  private static final Map<String, JsonNode> PARAMETERS =
      Map.of(
          "id", type("integer"),
          "permission", type("integer"),
          "limit", type("integer").put("minimum", 0).put("maximum", Parameters.MOST),
          "last_event_id", type("integer"),
          "Last-Event-ID", type("integer"),
          "apply_defaults", type("boolean"),
          "count", type("boolean"),
          "dry_run", type("boolean"),
          "is_admin", type("boolean"),
          "watch", type("boolean"));

  private final JsonNode operations = resource("operations.json");
  private final JsonNode schemas = resource("schemas.json");

  /** Makes it. */
  public OpenApiDocument() {}

  private static ObjectNode type(String word) {
    return JsonNodeFactory.instance.objectNode().put("type", word);
  }

  private static JsonNode resource(String name) {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Operations that are described, as method and path. */
  Set<String> described() {
    return new TreeSet<>(operations.propertyNames());
  }

  /** The document of what is served. */
  JsonNode of(Map<RequestMappingInfo, HandlerMethod> served) {
    Map<String, ObjectNode> paths = new TreeMap<>();
    served.forEach(
        (mapping, handler) -> {
          for (String path : mapping.getPatternValues()) {
            mapping
                .getMethodsCondition()
                .getMethods()
                .forEach(method -> add(paths, path, method.name(), handler));
          }
        });
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info").put("title", "Infrastructure Controller API");
    info.put("version", "2.0.0");
    ObjectNode all = document.putObject("paths");
    paths.forEach(all::set);
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas);
    ObjectNode bearer = components.putObject("securitySchemes").putObject("bearer");
    bearer.put("type", "http").put("scheme", "bearer").put("bearerFormat", "JWT");
    document.putArray("security").addObject().putArray("bearer");
    return document;
  }

  private void add(
      Map<String, ObjectNode> paths, String path, String method, HandlerMethod handler) {
    JsonNode known = operations.path(method + " " + path);
    if (known.isMissingNode()) {
      return;
    }
    ObjectNode item = paths.computeIfAbsent(path, ignored -> JsonNodeFactory.instance.objectNode());
    String key = method.toLowerCase(Locale.ROOT);
    // A list and its watch are two methods of ours and one operation of the document.
    ObjectNode operation =
        item.path(key) instanceof ObjectNode earlier ? earlier : item.putObject(key);
    operation.put("summary", known.path("summary").asString(""));
    operation.put("operationId", key + path.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", ""));
    addParameters(operation, handler);
    if (known.path("once").booleanValue(false)) {
      addParameter((ArrayNode) operation.path("parameters"), "header", Idempotency.HEADER);
    }
    addBodies(operation, known);
    if (known.path("public").booleanValue(false)) {
      operation.putArray("security");
    }
  }

  private static void addParameters(ObjectNode operation, HandlerMethod handler) {
    ArrayNode parameters =
        operation.path("parameters") instanceof ArrayNode earlier
            ? earlier
            : operation.putArray("parameters");
    for (MethodParameter parameter : handler.getMethodParameters()) {
      RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
      RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
      String named = Objects.requireNonNullElse(parameter.getParameter().getName(), "");
      if (query != null) {
        addParameter(parameters, "query", query.name().isEmpty() ? named : query.name());
      } else if (header != null) {
        addParameter(parameters, "header", header.name());
      } else if (parameter.hasParameterAnnotation(PathVariable.class)) {
        addParameter(parameters, "path", named);
      }
    }
  }

  private static void addParameter(ArrayNode all, String place, String name) {
    boolean known =
        all.valueStream()
            .anyMatch(
                other ->
                    other.path("name").asString("").equals(name)
                        && other.path("in").asString("").equals(place));
    if (!known) {
      ObjectNode parameter = all.addObject().put("name", name).put("in", place);
      parameter.put("required", place.equals("path"));
      parameter.set("schema", PARAMETERS.getOrDefault(name, TEXT));
    }
  }

  private static void addBodies(ObjectNode operation, JsonNode known) {
    if (known.has("body")) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      body.putObject("content")
          .putObject(JSON)
          .putObject("schema")
          .put("$ref", REFERENCE + known.path("body").asString(""));
    }
    ObjectNode responses = operation.putObject("responses");
    String status = Integer.toString(known.path("status").intValue(200));
    ObjectNode success = responses.putObject(status).put("description", "Success");
    if (known.has("answer")) {
      boolean many = known.path("many").booleanValue(false);
      ObjectNode schema = success.putObject("content").putObject(JSON).putObject("schema");
      ObjectNode one = many ? schema.put("type", "array").putObject("items") : schema;
      one.put("$ref", REFERENCE + known.path("answer").asString(""));
    }
    // A list that can be followed has both.
    if (known.has("media")) {
      success
          .withObjectProperty("content")
          .putObject(known.path("media").asString(""))
          .set("schema", TEXT);
    }
    ObjectNode failure = responses.putObject("default").put("description", "What is wrong");
    failure
        .putObject("content")
        .putObject(JSON)
        .putObject("schema")
        .put("$ref", REFERENCE + "Error");
  }
}
