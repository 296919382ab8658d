// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * All that is needed to find a pipeline again.
 *
 * @param path of its project in the API
 * @param pipeline its number
 * @param since when it was started
 * @param polls how often it was asked for
 */
record Handle(String path, long pipeline, Instant since, int polls) {

  static Handle of(JsonNode json) {
    return new Handle(
        json.path("path").asString(""),
        json.path("pipeline").longValue(0),
        Instant.ofEpochMilli(json.path("since").longValue(0)),
        json.path("polls").intValue(0));
  }

  JsonNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("path", path)
        .put("pipeline", pipeline)
        .put("since", since.toEpochMilli())
        .put("polls", polls);
  }

  Handle asked() {
    return new Handle(path, pipeline, since, polls + 1);
  }

  /** 0.2, 0.5, 1 s, then doubling up to the interval: short pipelines are seen at once. */
  Duration pause(Duration interval) {
    long millis =
        switch (polls) {
          case 0 -> 200;
          case 1 -> 500;
          default -> 1_000L << Math.min(polls - 2, 20);
        };
    return Duration.ofMillis(Math.min(millis, Math.max(200, interval.toMillis())));
  }

  /** Path of the pipeline in the API. */
  String pipelinePath() {
    return path + "/pipelines/" + pipeline;
  }
}
