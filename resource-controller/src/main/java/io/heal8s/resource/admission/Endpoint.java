// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.admission;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends JSON to somebody and reads JSON, within a time. */
public final class Endpoint {

  private final OutboundHttpClient client;
  private final ExecutorService threads;
  private final JsonMapper mapper;

  /** Makes it; the threads should be virtual ones. */
  public Endpoint(OutboundHttpClient client, ExecutorService threads, JsonMapper mapper) {
    this.client = client;
    this.threads = threads;
    this.mapper = mapper;
  }

  /** Posts to an address that a user gave. */
  Answer post(String url, JsonNode body, Duration timeout) {
    OutboundRequest request;
    try {
      request = request(URI.create(url), body);
    } catch (IllegalArgumentException e) {
      return new Answer.None("its address cannot be called");
    }
    return send(request, timeout);
  }

  /** Posts to an address of our own settings. */
  Answer postConfigured(URI url, JsonNode body, Duration timeout) {
    return send(request(url, body).toConfiguredAddress(), timeout);
  }

  private static OutboundRequest request(URI url, JsonNode body) {
    return OutboundRequest.of("POST", url)
        .body("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Answer send(OutboundRequest request, Duration timeout) {
    Future<OutboundResult> call =
        CompletableFuture.supplyAsync(() -> client.send(request), threads);
    try {
      return read(call.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      call.cancel(true);
      return new Answer.None("no answer within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.None("interrupted");
    } catch (ExecutionException e) {
      return new Answer.None("it could not be called");
    }
  }

  private Answer read(OutboundResult result) {
    return switch (result) {
      case OutboundResult.Refused refused -> new Answer.None(refused.message());
      case OutboundResult.Failed failed -> new Answer.None(failed.message());
      case OutboundResult.Response response -> {
        if (response.status() < 200 || response.status() >= 300) {
          yield new Answer.None("it answered " + response.status());
        }
        try {
          yield new Answer.Json(mapper.readTree(response.body().bytes()));
        } catch (JacksonException e) {
          yield new Answer.None("its answer is no JSON");
        }
      }
    };
  }

  /** What came back. */
  sealed interface Answer {
    record Json(JsonNode body) implements Answer {}

    record None(String why) implements Answer {}
  }
}
