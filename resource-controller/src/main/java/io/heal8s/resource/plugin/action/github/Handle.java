// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is needed to find a run again.
 *
 * @param path of the repository in the API
 * @param workflows file names or numbers; one of them was dispatched
 * @param run number of the run; 0 while only the correlation is known
 * @param correlation key that the run's title carries; null when the number is known
 * @param accepted whether GitHub certainly took the dispatch
 * @param ending whether it is to be cancelled and GitHub has not taken that yet
 * @param from no run of it is older
 * @param since when it was dispatched, or begun to be looked for
 * @param polls how often it was asked for
 */
record Handle(
    String path,
    List<String> workflows,
    long run,
    @Nullable String correlation,
    boolean accepted,
    boolean ending,
    Instant from,
    Instant since,
    int polls) {

  /** A run whose number GitHub told. */
  static Handle numbered(String path, String workflow, long run, Instant since) {
    return new Handle(path, List.of(workflow), run, null, true, false, since, since, 0);
  }

  /** A run that is to be found by the key in its title. */
  static Handle sought(
      String path,
      List<String> workflows,
      String key,
      boolean accepted,
      Instant from,
      Instant since) {
    return new Handle(path, workflows, 0, key, accepted, false, from, since, 0);
  }

  static Handle of(JsonNode json) {
    return new Handle(
        json.path("path").asString(""),
        json.path("workflows").valueStream().map(each -> each.asString("")).toList(),
        json.path("run").longValue(0),
        json.path("correlation").isString() ? json.path("correlation").stringValue() : null,
        json.path("accepted").booleanValue(false),
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
            .put("run", run)
            .put("accepted", accepted)
            .put("ending", ending)
            .put("from", from.toEpochMilli())
            .put("since", since.toEpochMilli())
            .put("polls", polls);
    ArrayNode names = json.putArray("workflows");
    workflows.forEach(names::add);
    return correlation == null ? json : json.put("correlation", correlation);
  }

  Handle asked() {
    return new Handle(path, workflows, run, correlation, accepted, ending, from, since, polls + 1);
  }

  /** The same, to be cancelled or, once GitHub has taken that, only followed. */
  Handle ending(boolean wanted) {
    return new Handle(path, workflows, run, correlation, accepted, wanted, from, since, polls);
  }

  /** There is a run, so it was taken. */
  Handle found(long number) {
    return new Handle(path, workflows, number, null, true, ending, from, since, polls + 1);
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
