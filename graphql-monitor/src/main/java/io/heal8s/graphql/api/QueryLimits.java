// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableReference;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a query before it runs that is too deep or would cost too much. Each field costs one,
 * {@code __typename} too, and what is below a list as often as the list may be long; a field that
 * asks the API server or looks at all apps costs as much as {@value #QUESTION} others.
 *
 * <p>The library's own instrumentations count a fragment once, however often it is used, and {@code
 * __typename} not at all. Here the words of the query are walked through, and only as far as they
 * may go: fragments in fragments can stand for more fields than anybody could count.
 */
public final class QueryLimits extends SimplePerformantInstrumentation {

  static final int QUESTION = 100;

  /** Entries of a list that has no argument for its length; usually there are fewer. */
  private static final int SHORT_LIST = 4;

  private static final int APPS = 50;
  private static final int OF_AN_APP = 20;

  private final int maxDepth;
  private final long maxCost;

  /**
   * @param maxDepth most levels
   * @param maxCost most that a query may cost
   */
  public QueryLimits(int maxDepth, long maxCost) {
    this.maxDepth = maxDepth;
    this.maxCost = maxCost;
  }

  @Override
  public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
      InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
    ExecutionContext query = parameters.getExecutionContext();
    new Walk(query.getFragmentsByName(), query.getCoercedVariables().toMap())
        .cost(query.getOperationDefinition().getSelectionSet(), 1);
    return super.beginExecuteOperation(parameters, state);
  }

  /** Through one query. */
  private final class Walk {

    private final Map<String, FragmentDefinition> fragments;
    private final Map<String, Object> variables;
    private long visited;

    Walk(Map<String, FragmentDefinition> fragments, Map<String, Object> variables) {
      this.fragments = fragments;
      this.variables = variables;
    }

    // At most maxCost, so what it is multiplied by cannot make it wrap.
    long cost(@Nullable SelectionSet selections, int depth) {
      long sum = 0;
      if (selections == null) {
        return sum;
      }
      for (Selection<?> selection : selections.getSelections()) {
        if (++visited > maxCost) {
          throw tooMuch();
        }
        sum +=
            switch (selection) {
              case Field field -> cost(field, depth);
              case InlineFragment inline -> cost(inline.getSelectionSet(), depth);
              case FragmentSpread spread -> {
                FragmentDefinition fragment = fragments.get(spread.getName());
                yield fragment == null ? 1 : cost(fragment.getSelectionSet(), depth);
              }
              case null, default -> 1;
            };
        if (sum > maxCost) {
          throw tooMuch();
        }
      }
      return sum;
    }

    private long cost(Field field, int depth) {
      if (depth > maxDepth) {
        throw new AbortExecutionException(
            "the query is deeper than %d levels: ask for less at once".formatted(maxDepth));
      }
      if (field.getSelectionSet() == null) {
        return 1;
      }
      long below = cost(field.getSelectionSet(), depth + 1);
      return switch (field.getName()) {
        case "targetApps" -> QUESTION + first(field, APPS) * below;
        case "remediations" -> QUESTION + first(field, OF_AN_APP) * below;
        case "history" -> 1 + first(field, OF_AN_APP) * below;
        case "conditions", "watched", "fields" -> 1 + SHORT_LIST * below;
        default -> 1 + below;
      };
    }

    private long first(Field field, int absent) {
      for (Argument argument : field.getArguments()) {
        if (argument.getName().equals("first")) {
          return switch (argument.getValue()) {
            case IntValue number -> clamped(number.getValue());
            case VariableReference variable ->
                variables.get(variable.getName()) instanceof Integer number
                    ? Math.max(1, number)
                    : absent;
            case null, default -> absent;
          };
        }
      }
      return absent;
    }

    private static long clamped(BigInteger number) {
      return number.bitLength() > 31 ? Integer.MAX_VALUE : Math.max(1, number.longValue());
    }

    private AbortExecutionException tooMuch() {
      return new AbortExecutionException(
          "the query costs more than %d: ask for fewer fields or shorter pages".formatted(maxCost));
    }
  }
}
