// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The queries and mutations that the stand-in carries out. */
record GraphqlActions(GraphqlQueries queries, GraphqlMutations mutations) {

  GraphqlActions(Hosting hosting, Links links) {
    this(new GraphqlQueries(hosting), new GraphqlMutations(hosting, links));
  }

  /** A field that is more than a value at hand. */
  @FunctionalInterface
  private interface Action<T> {
    @Nullable Object run(T of, GraphqlFields fields) throws IOException, GraphqlRefusedException;
  }

  /** Fetchers by type and field; which stand-in runs them comes with the request. */
  static final Map<String, Map<String, DataFetcher>> FETCHERS =
      Map.of(
          "Query",
          Map.of(
              "repository", query(GraphqlQueries::repository),
              "viewer", query(GraphqlQueries::viewer)),
          "Repository",
          Map.of("object", query(GraphqlQueries::object)),
          "Commit",
          Map.of("file", query(GraphqlQueries::file)),
          "Mutation",
          Map.of(
              "createRef", mutation(GraphqlMutations::createRef),
              "updateRefs", mutation(GraphqlMutations::updateRefs),
              "createPullRequest", mutation(GraphqlMutations::createPullRequest),
              "closePullRequest", mutation(GraphqlMutations::closePullRequest),
              "addComment", mutation(GraphqlMutations::addComment),
              "enablePullRequestAutoMerge", mutation(GraphqlMutations::enableAutoMerge)));

  private static DataFetcher<?> query(Action<GraphqlQueries> action) {
    return fetcher((actions, fields) -> action.run(actions.queries(), fields));
  }

  private static DataFetcher<?> mutation(Action<GraphqlMutations> action) {
    return fetcher((actions, fields) -> action.run(actions.mutations(), fields));
  }

  private static DataFetcher<?> fetcher(Action<GraphqlActions> action) {
    return environment -> {
      GraphqlActions actions = environment.getGraphQlContext().get(GraphqlActions.class);
      Caller caller = environment.getGraphQlContext().get(Caller.class);
      try {
        return action.run(actions, new GraphqlFields(environment, caller));
      } catch (GraphqlRefusedException refused) {
        return DataFetcherResult.newResult()
            .error(
                new GraphqlRefusal(
                    refused.type(),
                    Objects.requireNonNull(refused.getMessage()),
                    environment.getExecutionStepInfo().getPath()))
            .build();
      }
    };
  }
}
