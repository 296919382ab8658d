// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.parser.ParserOptions;
import org.reactivestreams.Publisher;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

/**
 * Bounds the words of a document, and tells whoever subscribes and can take one answer only what to
 * write.
 */
public final class OneAnswer implements WebGraphQlInterceptor {

  /** The usual introspection has 300. */
  private static final int MOST_TOKENS = 3000;

  private static final ParserOptions WORDS =
      ParserOptions.getDefaultOperationParserOptions()
          .transform(options -> options.maxTokens(MOST_TOKENS));

  private static final GraphQLError NEEDS_STREAM =
      GraphQLError.newError()
          .message("a subscription needs Accept: text/event-stream")
          .errorType(ErrorType.BAD_REQUEST)
          .build();

  /** Looks at every request. */
  public OneAnswer() {}

  @Override
  public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
    request.configureExecutionInput(
        (_, input) ->
            input.graphQLContext(context -> context.put(ParserOptions.class, WORDS)).build());
    boolean stream =
        request.getHeaders().getAccept().stream()
            .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM));
    return stream ? chain.next(request) : chain.next(request).map(OneAnswer::withoutStream);
  }

  private static WebGraphQlResponse withoutStream(WebGraphQlResponse response) {
    Object data = response.getData();
    return data instanceof Publisher
        ? new WebGraphQlResponse(
            new DefaultExecutionGraphQlResponse(
                response.getExecutionInput(),
                ExecutionResult.newExecutionResult().addError(NEEDS_STREAM).build()))
        : response;
  }
}
