// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;

/** Arguments of a field, who asks, and the object that the field belongs to. */
record GraphqlFields(DataFetchingEnvironment environment, Caller caller) {

  Map<String, Object> input() {
    return Objects.requireNonNull(environment.getArgument("input"));
  }

  /** An argument's text; empty where it is absent. */
  String text(String name) {
    Map<String, Object> values =
        environment.containsArgument("input") ? input() : environment.getArguments();
    Object value = values.get(name);
    return value == null ? "" : value.toString();
  }

  Object source(String name) {
    Map<?, ?> source = Objects.requireNonNull(environment.getSource());
    return Objects.requireNonNull(source.get(name));
  }
}
