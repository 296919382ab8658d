// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs GraphQL documents against GitHub's published schema, which judges both sides. */
record GraphqlRoute(GraphqlActions actions) {

  /** An answer, or what is wrong with the document, its variables or the answer. */
  record Result(Answer answer, List<String> problems) {}

  private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

  Result run(String body, Caller caller) {
    JsonNode request;
    try {
      request = JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return broken("the body is no JSON: " + e.getOriginalMessage());
    }
    String document = request.path("query").asString("");
    if (document.isEmpty()) {
      return broken("the body has no query");
    }
    Map<String, Object> variables =
        request.path("variables").isObject()
            ? JsonMapper.shared().convertValue(request.path("variables"), VALUES)
            : Map.of();
    ExecutionInput input =
        ExecutionInput.newExecutionInput(document)
            .variables(variables)
            .graphQLContext(Map.of(GraphqlActions.class, actions, Caller.class, caller))
            .build();
    ExecutionResult result = GraphQL.newGraphQL(GraphqlSchemas.published()).build().execute(input);
    List<String> problems =
        result.getErrors().stream()
            .filter(error -> !(error instanceof GraphqlRefusal))
            .map(GraphQLError::getMessage)
            .toList();
    return new Result(
        Answer.ok(JsonMapper.shared().valueToTree(result.toSpecification())), problems);
  }

  private static Result broken(String problem) {
    return new Result(Answer.empty(500), List.of(problem));
  }

  /** GitHub's answer to a document that it does not run. */
  static Answer error(String type, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("errors").addObject().put("type", type).put("message", message);
    return Answer.ok(body);
  }
}
