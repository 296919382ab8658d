// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that is needed to find a pipeline again.
 *
 * @param path of its project in the API
 * @param pipeline its number; 0 while only its key is known
 * @param sought key of the dispatch, while it is looked for by that; null when the number is known
 * @param ref branch or tag that it was started for; empty when the number is known
 * @param ending whether it is to be cancelled and GitLab has not taken that yet
 * @param from no pipeline of this start is older
 * @param since when it was started, or begun to be looked for
 * @param polls how often it was asked for
 */
record Handle(
    String path,
    long pipeline,
    @Nullable String sought,
    String ref,
    boolean ending,
    Instant from,
    Instant since,
    int polls) {

  /** A pipeline whose number GitLab told. */
  static Handle numbered(String path, long pipeline, Instant since) {
    return new Handle(path, pipeline, null, "", false, since, since, 0);
  }

  /** One that is to be found by its key. */
  static Handle sought(String path, String key, String ref, Instant from, Instant since) {
    return new Handle(path, 0, key, ref, false, from, since, 0);
  }

  static Handle of(JsonNode json) {
    return new Handle(
        json.path("path").asString(""),
        json.path("pipeline").longValue(0),
        json.path("sought").isString() ? json.path("sought").stringValue() : null,
        json.path("ref").asString(""),
        json.path("ending").booleanValue(false),
        Instant.ofEpochMilli(json.path("from").longValue(0)),
        Instant.ofEpochMilli(json.path("since").longValue(0)),
        json.path("polls").intValue(0));
  }

  JsonNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("path", path)
            .put("pipeline", pipeline)
            .put("ending", ending)
            .put("from", from.toEpochMilli())
            .put("since", since.toEpochMilli())
            .put("polls", polls);
    return sought == null ? json : json.put("sought", sought).put("ref", ref);
  }

  Handle asked() {
    return new Handle(path, pipeline, sought, ref, ending, from, since, polls + 1);
  }

  /** The same, to be cancelled or, once GitLab has taken that, only followed. */
  Handle ending(boolean wanted) {
    return new Handle(path, pipeline, sought, ref, wanted, from, since, polls);
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
