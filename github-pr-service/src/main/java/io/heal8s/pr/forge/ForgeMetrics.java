// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import io.heal8s.core.decide.PullRequestReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** What forges are asked and what it costs; every label has a closed set of values. */
public final class ForgeMetrics {

  private final MeterRegistry meters;
  private final String forge;

  /** Counts for one forge. */
  public ForgeMetrics(MeterRegistry meters, String forge) {
    this.meters = meters;
    this.forge = forge;
  }

  /** One request to a forge. */
  public enum Request {
    fetch,
    push,
    read,
    write,
    graphql
  }

  /** How a request ended. */
  public enum Result {
    ok,
    unchanged,
    refused,
    failed
  }

  /** Counts a request. */
  public void requested(Request request, Result result) {
    Counter.builder("heal8s_forge_requests")
        .description("Requests to forges; unchanged is an answer 304, which costs no points.")
        .tags(Tags.of("forge", forge, "request", request.name(), "result", result.name()))
        .register(meters)
        .increment();
  }

  /** Counts points against a forge's secondary rate limit. */
  public void points(int points) {
    Counter.builder("heal8s_forge_points")
        .description("Points of the forge's secondary rate limit: read 1, write 5.")
        .tags(Tags.of("forge", forge))
        .register(meters)
        .increment(points);
  }

  /** Counts an answer that was none. */
  public void error(PullRequestReason reason) {
    Counter.builder("heal8s_forge_errors")
        .description("Questions that a forge did not answer, by reason.")
        .tags(Tags.of("forge", forge, "reason", reason.name()))
        .register(meters)
        .increment();
  }
}
