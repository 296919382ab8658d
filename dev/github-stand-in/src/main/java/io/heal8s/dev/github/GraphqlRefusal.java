// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.execution.ResultPath;
import graphql.language.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * GitHub's way to refuse a field: an error with a type beside data that lacks the field.
 *
 * @param type for example NOT_FOUND, UNPROCESSABLE, FORBIDDEN
 */
record GraphqlRefusal(String type, String message, ResultPath at) implements GraphQLError {

  @Override
  public String getMessage() {
    return message;
  }

  @Override
  public List<SourceLocation> getLocations() {
    return List.of();
  }

  @Override
  public ErrorClassification getErrorType() {
    return ErrorClassification.errorClassification(type);
  }

  @Override
  public List<Object> getPath() {
    return at.toList();
  }

  @Override
  public Map<String, Object> toSpecification() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("type", type);
    shown.put("path", at.toList());
    shown.put("locations", List.of());
    shown.put("message", message);
    return shown;
  }
}
