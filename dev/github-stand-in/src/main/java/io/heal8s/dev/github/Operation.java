// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/**
 * One described operation, by which requests and answers are judged.
 *
 * @param method in capitals
 * @param template path with names in braces
 * @param node what the description says
 * @param schemas the description's schemas
 */
record Operation(String method, String template, JsonNode node, Schemas schemas) {

  /** Names of path parameters that may hold slashes. */
  Set<String> multiSegment() {
    Set<String> names = new HashSet<>();
    parameters()
        .filter(p -> p.path("x-multi-segment").asBoolean(false))
        .forEach(p -> names.add(p.path("name").asString()));
    return names;
  }

  /** What is wrong with a request; empty when nothing is. */
  List<String> problems(
      Map<String, String> path, Map<String, String> query, @Nullable JsonNode body) {
    List<String> problems = new ArrayList<>();
    Set<String> known = new HashSet<>();
    parameters()
        .forEach(
            parameter -> {
              String name = parameter.path("name").asString();
              boolean inQuery = parameter.path("in").asString().equals("query");
              boolean inPath = parameter.path("in").asString().equals("path");
              String value = inQuery ? query.get(name) : inPath ? path.get(name) : null;
              if (inQuery) {
                known.add(name);
              }
              problems.addAll(parameter(parameter, name, inQuery || inPath, value));
            });
    query.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> problems.add("there is no query parameter " + name));
    problems.addAll(requestBody(body));
    return problems;
  }

  private List<String> parameter(
      JsonNode parameter, String name, boolean checked, @Nullable String value) {
    if (!checked) {
      return List.of();
    }
    if (value == null) {
      return parameter.path("required").asBoolean(false)
          ? List.of("parameter " + name + " is missing")
          : List.of();
    }
    JsonNode schema = parameter.path("schema");
    return schemas.problems(schema, typed(schemas.resolved(schema), value)).stream()
        .map(problem -> "parameter " + name + problem)
        .toList();
  }

  private static JsonNode typed(JsonNode schema, String value) {
    return switch (schema.path("type").asString("")) {
      case "integer" ->
          value.matches("-?[0-9]{1,18}")
              ? LongNode.valueOf(Long.parseLong(value))
              : StringNode.valueOf(value);
      case "boolean" ->
          value.equals("true") || value.equals("false")
              ? BooleanNode.valueOf(value.equals("true"))
              : StringNode.valueOf(value);
      case "array" -> {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        Stream.of(value.split(",", -1)).forEach(items::add);
        yield items;
      }
      // oneOf of number and text, as for a workflow's id or file name.
      case "" ->
          value.matches("[0-9]{1,18}")
              ? LongNode.valueOf(Long.parseLong(value))
              : StringNode.valueOf(value);
      default -> StringNode.valueOf(value);
    };
  }

  private List<String> requestBody(@Nullable JsonNode body) {
    JsonNode described = schemas.resolved(node.path("requestBody"));
    if (described.isMissingNode()) {
      return body == null || body.isEmpty() ? List.of() : List.of("the operation takes no body");
    }
    if (body == null) {
      return described.path("required").asBoolean(false)
          ? List.of("the body is missing")
          : List.of();
    }
    JsonNode schema = described.path("content").path("application/json").path("schema");
    return schema.isMissingNode()
        ? List.of("the operation takes no JSON")
        : schemas.problems(schema, body).stream().map(p -> "body" + p).toList();
  }

  /** What is wrong with an answer; empty when nothing is. */
  List<String> problems(int status, @Nullable JsonNode body) {
    JsonNode response = response(status);
    if (response.isMissingNode()) {
      return List.of("the operation never answers " + status);
    }
    JsonNode schema = schema(response);
    if (schema.isMissingNode()) {
      return body == null || body.isEmpty()
          ? List.of()
          : List.of("answer " + status + " has no body");
    }
    return body == null
        ? List.of("answer " + status + " lacks its body")
        : schemas.problems(schema, body).stream().map(p -> "answer " + status + p).toList();
  }

  /** Whether the description lists that status. */
  boolean answers(int status) {
    return !response(status).isMissingNode();
  }

  /** A sparse answer with all that the description demands besides. */
  @Nullable JsonNode completed(int status, @Nullable JsonNode sparse, String address) {
    JsonNode schema = schema(response(status));
    return schema.isMissingNode() || sparse == null
        ? sparse
        : new Completion(schemas, address).complete(schema, sparse);
  }

  private JsonNode response(int status) {
    return schemas.resolved(node.path("responses").path(Integer.toString(status)));
  }

  private static JsonNode schema(JsonNode response) {
    return response.path("content").path("application/json").path("schema");
  }

  private Stream<JsonNode> parameters() {
    return node.path("parameters").valueStream().map(schemas::resolved);
  }
}
