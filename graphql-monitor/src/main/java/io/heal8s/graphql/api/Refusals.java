// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.graphql.execution.SubscriptionExceptionResolver;
import org.springframework.graphql.execution.SubscriptionExceptionResolverAdapter;

/**
 * What callers are told when something is wrong: our own sentences. Of everything else they get the
 * number of the request, and the log has the rest.
 */
public final class Refusals {

  private Refusals() {}

  /** Of queries. */
  public static DataFetcherExceptionResolver ofQueries() {
    return DataFetcherExceptionResolver.forSingleError(Refusals::refusal);
  }

  private static @Nullable GraphQLError refusal(
      Throwable wrong, DataFetchingEnvironment environment) {
    return wrong instanceof RefusedException refused
        ? GraphqlErrorBuilder.newError(environment)
            .message("%s", refused.getMessage())
            .errorType(refused.isCallersFault() ? ErrorType.BAD_REQUEST : ErrorType.INTERNAL_ERROR)
            .build()
        : null;
  }

  /** Of subscriptions. */
  public static SubscriptionExceptionResolver ofSubscriptions() {
    return new Endings();
  }

  private static final class Endings extends SubscriptionExceptionResolverAdapter {

    @Override
    protected @Nullable GraphQLError resolveToSingleError(Throwable wrong) {
      return wrong instanceof SubscriptionEndedException ended
          ? GraphQLError.newError()
              .message("%s", ended.getMessage())
              .errorType(ErrorType.INTERNAL_ERROR)
              .build()
          : null;
    }
  }
}
