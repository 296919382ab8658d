// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is needed to find a run again.
 *
 * @param path of the repository in the API
 * @param workflow file name or number
 * @param run number of the run; 0 while only the correlation is known
 * @param correlation key that the run's title carries; null when the number is known
 * @param since when it was dispatched
 * @param polls how often it was asked for
 */
record Handle(
    String path,
    String workflow,
    long run,
    @Nullable String correlation,
    Instant since,
    int polls) {

  static Handle of(JsonNode json) {
    return new Handle(
        json.path("path").asString(""),
        json.path("workflow").asString(""),
        json.path("run").longValue(0),
        json.path("correlation").isString() ? json.path("correlation").stringValue() : null,
        Instant.ofEpochMilli(json.path("since").longValue(0)),
        json.path("polls").intValue(0));
  }

  JsonNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("path", path)
            .put("workflow", workflow)
            .put("run", run)
            .put("since", since.toEpochMilli())
            .put("polls", polls);
    return correlation == null ? json : json.put("correlation", correlation);
  }

  Handle asked() {
    return new Handle(path, workflow, run, correlation, since, polls + 1);
  }

  Handle found(long number) {
    return new Handle(path, workflow, number, null, since, polls + 1);
  }

  /** 0.2, 0.5, 1 s, then doubling up to the interval: short runs are seen at once. */
  Duration pause(Duration interval) {
    long millis =
        switch (polls) {
          case 0 -> 200;
          case 1 -> 500;
          default -> 1_000L << Math.min(polls - 2, 20);
        };
    return Duration.ofMillis(Math.min(millis, Math.max(200, interval.toMillis())));
  }

  /** Path of the run in the API. */
  String runPath() {
    return path + "/actions/runs/" + run;
  }
}
