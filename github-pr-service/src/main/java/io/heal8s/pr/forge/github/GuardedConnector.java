// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.core.http.outbound.EntityTags;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.core.http.outbound.OutboundResult.Response;
import io.heal8s.pr.forge.ForgeMetrics;
import io.heal8s.pr.forge.github.GithubFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * Carries the requests of the client library over our own guarded client: vetted addresses, no
 * redirects (a token must not follow one), bounded answers, one try. Everything but 2xx is a {@link
 * GithubFailure}, so that the library neither waits nor tries again by itself.
 */
final class GuardedConnector implements GitHubConnector {

  /** Set by the client itself, or by the body. */
  private static final Set<String> NOT_OURS =
      Set.of("accept-encoding", "content-type", "content-length", "host", "connection");

  private static final int POINTS_OF_A_WRITE = 5;
  private static final int MOST_BYTES = 16 << 20;

  private final URI root;
  private final OutboundHttpClient http;
  private final AnswerJudge judge;
  private final LimitGate gate;
  private final ForgeMetrics metrics;
  private final EntityTags tags = new EntityTags(MOST_BYTES);

  GuardedConnector(
      URI root,
      OutboundHttpClient http,
      InstantSource clock,
      LimitGate gate,
      ForgeMetrics metrics) {
    this.root = root;
    this.http = http;
    this.judge = new AnswerJudge(clock);
    this.gate = gate;
    this.metrics = metrics;
  }

  @Override
  public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
    URI uri = URI.create(request.url().toString());
    if (!isOwn(uri)) {
      throw new GithubFailure(
          Kind.NOT_SENT, "GitHub's API named an address outside itself, which is not called", null);
    }
    OutboundRequest out = OutboundRequest.of(request.method(), uri);
    for (Map.Entry<String, List<String>> header : request.allHeaders().entrySet()) {
      if (!NOT_OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        for (String value : header.getValue()) {
          out = out.header(header.getKey(), value);
        }
      }
    }
    try (InputStream body = request.body()) {
      if (body != null) {
        out = out.body("application/json", body.readAllBytes());
      }
    }
    return new Received(request, exchange(out));
  }

  /** Sends a request and returns its answer 2xx, which may be one from before. */
  Response exchange(OutboundRequest request) throws GithubFailure {
    gate.pass();
    boolean reads = request.method().equals("GET");
    String address = request.uri().toString();
    Optional<EntityTags.Tagged> known = reads ? tags.of(address) : Optional.empty();
    OutboundRequest asked =
        known.isPresent() ? request.header("If-None-Match", known.get().tag()) : request;
    ForgeMetrics.Request what = what(request);
    metrics.points(reads ? 1 : POINTS_OF_A_WRITE);
    return switch (http.send(asked)) {
      case OutboundResult.Refused(var reason, String message) -> {
        metrics.requested(what, ForgeMetrics.Result.refused);
        throw new GithubFailure(Kind.NOT_SENT, message, null);
      }
      case OutboundResult.Failed(var kind, String message) -> {
        metrics.requested(what, ForgeMetrics.Result.failed);
        throw new GithubFailure(Kind.UNAVAILABLE, message, null);
      }
      case Response response when response.status() == 304 && known.isPresent() -> {
        metrics.requested(what, ForgeMetrics.Result.unchanged);
        yield known.get().response();
      }
      case Response response -> {
        limits(response);
        boolean good = response.status() / 100 == 2;
        metrics.requested(what, good ? ForgeMetrics.Result.ok : result(response));
        if (!good) {
          throw judge.failure(response);
        }
        if (reads) {
          tags.keep(address, response);
        }
        yield response;
      }
    };
  }

  /** The limit of which an answer 200 tells, as GraphQL's do. */
  GithubFailure limited(Response response) {
    Duration wait = judge.waitAfter(response);
    gate.close(wait);
    return new GithubFailure(Kind.LIMITED, "GitHub limits requests with these credentials", wait);
  }

  private void limits(Response response) throws GithubFailure {
    Optional<Duration> wait = judge.limit(response);
    if (wait.isPresent()) {
      gate.close(wait.get());
      throw new GithubFailure(
          Kind.LIMITED, "GitHub limits requests with these credentials", wait.get());
    }
    if (judge.nothingRemains(response)) {
      // This one was answered still; the next would not be.
      gate.close(judge.untilReset(response));
    }
  }

  private static ForgeMetrics.Result result(Response response) {
    return response.status() >= 500 ? ForgeMetrics.Result.failed : ForgeMetrics.Result.refused;
  }

  private static ForgeMetrics.Request what(OutboundRequest request) {
    if (request.uri().getPath().endsWith("/graphql")) {
      return ForgeMetrics.Request.graphql;
    }
    return request.method().equals("GET") ? ForgeMetrics.Request.read : ForgeMetrics.Request.write;
  }

  /** Whether an address is the API's own: the token is for nobody else. */
  private boolean isOwn(URI uri) {
    return root.getScheme().equalsIgnoreCase(String.valueOf(uri.getScheme()))
        && root.getHost().equalsIgnoreCase(String.valueOf(uri.getHost()))
        && root.getPort() == uri.getPort();
  }

  /** An answer in the library's form. */
  private static final class Received extends GitHubConnectorResponse.ByteArrayResponse {

    private final Response response;

    Received(GitHubConnectorRequest request, Response response) {
      super(request, response.status(), response.headers());
      this.response = response;
    }

    @Override
    protected InputStream rawBodyStream() {
      return new ByteArrayInputStream(response.body().bytes());
    }
  }
}
