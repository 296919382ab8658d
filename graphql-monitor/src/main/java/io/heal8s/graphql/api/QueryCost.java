// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import graphql.analysis.FieldComplexityCalculator;
import graphql.analysis.FieldComplexityEnvironment;

/**
 * What a query costs: each field one, and what is below a list as often as the list may be long. A
 * field that asks the API server costs as much as {@value #QUESTION} others.
 */
public final class QueryCost implements FieldComplexityCalculator {

  static final int QUESTION = 100;

  /** Entries of a list that has no argument for its length; usually there are fewer. */
  private static final int SHORT_LIST = 4;

  /** Knows the schema. */
  public QueryCost() {}

  @Override
  public int calculate(FieldComplexityEnvironment field, int below) {
    long times =
        field.getArguments().get("first") instanceof Integer first
            ? Math.max(1, first)
            : switch (field.getField().getName()) {
              case "conditions", "watched", "fields" -> SHORT_LIST;
              default -> 1;
            };
    int own = field.getField().getName().equals("remediations") && below > 0 ? QUESTION : 1;
    return (int) Math.min(Integer.MAX_VALUE, own + times * below);
  }
}
