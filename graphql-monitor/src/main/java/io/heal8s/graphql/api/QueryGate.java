// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.heal8s.core.http.inbound.RefusalListener;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.publisher.Mono;

/**
 * Lets only so many queries run at a time: the processors that run them are those that poll. A
 * subscription takes a place until it has begun and none afterwards.
 */
public final class QueryGate implements WebGraphQlInterceptor {

  private static final int UNAVAILABLE = 503;

  private static final GraphQLError BUSY =
      GraphQLError.newError()
          .message("too many ask at once: try again")
          .errorType(ErrorType.INTERNAL_ERROR)
          .build();

  private final Semaphore places;
  private final Duration longestWait;
  private final RefusalListener refusals;

  /**
   * @param places queries at a time, at least 1
   * @param longestWait how long one more may wait; its thread is one that may block
   * @param refusals is told of those that waited in vain
   */
  public QueryGate(int places, Duration longestWait, RefusalListener refusals) {
    this.places = new Semaphore(places, true);
    this.longestWait = longestWait;
    this.refusals = refusals;
  }

  @Override
  public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
    return Mono.defer(
        () -> {
          if (!waited()) {
            refusals.refused(UNAVAILABLE, "Busy");
            return Mono.just(busy(request));
          }
          return Mono.defer(() -> chain.next(request)).doFinally(_ -> places.release());
        });
  }

  private boolean waited() {
    try {
      return places.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static WebGraphQlResponse busy(WebGraphQlRequest request) {
    return new WebGraphQlResponse(
        new DefaultExecutionGraphQlResponse(
            request.toExecutionInput(),
            ExecutionResult.newExecutionResult().addError(BUSY).build()));
  }
}
