// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Starts pipelines, follows them, ends them, and finds those whose start was never recorded. */
final class Pipelines {

  private static final String DISPATCH = Target.OWN + "DISPATCH";

  /** Nothing happens any more in these but by a person. */
  private static final Set<String> ENDED = Set.of("success", "failed", "canceled", "skipped");

  private static final List<String> SHOWN_OF_JOBS =
      List.of("name", "stage", "status", "started_at", "finished_at", "web_url");

  /** One start is among the newest of its branch when it is looked for after a crash. */
  private static final int LOOKED_AT = 50;

  private final GitlabApi api;
  private final GitlabSettings settings;
  private final InstantSource clock;

  Pipelines(GitlabApi api, GitlabSettings settings, InstantSource clock) {
    this.api = api;
    this.settings = settings;
    this.clock = clock;
  }

  Step start(ActionRequest request, Target target, String operation) {
    String key = key(request);
    Reply reply = api.post(target.path() + "/pipeline", body(request, target, operation));
    return switch (reply) {
      case Reply.Refused refused ->
          Step.Failed.because("Failed to start the pipeline: " + refused.message());
      case Reply.Limited limited ->
          new Step.Failed(
              "Failed to start the pipeline: " + limited.message(), "", limited.pause());
      case Reply.NotSent none ->
          Step.Failed.because("Failed to start the pipeline: " + none.message());
      case Reply.Unsure unsure ->
          new Step.Unknown(
              "the dispatch %s of %s may have happened: %s"
                  .formatted(key, target.project(), unsure.message()));
      case Reply.Ok ok -> started(target, ok.body(), key);
    };
  }

  private static String key(ActionRequest request) {
    return Objects.requireNonNullElse(request.dispatchKey(), "");
  }

  private static JsonNode body(ActionRequest request, Target target, String operation) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("ref", target.ref());
    ArrayNode variables = body.putArray("variables");
    target.variables().forEach((name, value) -> add(variables, name, value));
    add(variables, Target.OWN + "OPERATION", operation);
    add(variables, Target.OWN + "RESOURCE", request.resourceName());
    add(variables, Target.OWN + "SPEC", request.spec().toString());
    add(variables, DISPATCH, key(request));
    return body;
  }

  private static void add(ArrayNode variables, String name, String value) {
    variables.addObject().put("key", name).put("value", value);
  }

  private Step started(Target target, JsonNode pipeline, String key) {
    long number = pipeline.path("id").longValue(0);
    if (number == 0) {
      return new Step.Unknown(
          "the dispatch %s of %s was answered without the number of a pipeline"
              .formatted(key, target.project()));
    }
    Handle handle = new Handle(target.path(), number, clock.instant(), 0);
    return new Step.Running(
        handle.json(), handle.pause(settings.interval()), "Pipeline " + number + " started");
  }

  Step poll(Handle handle) {
    return switch (api.get(handle.pipelinePath())) {
      case Reply.Ok ok -> progress(handle, ok.body());
      case Reply.Refused refused when refused.status() == 404 ->
          Step.Failed.because("Pipeline %d is gone".formatted(handle.pipeline()));
      case Reply.Refused refused -> later(handle, refused.message(), Duration.ZERO);
      case Reply.Limited limited -> later(handle, limited.message(), limited.pause());
      case Reply.NotSent none -> later(handle, none.message(), Duration.ZERO);
      case Reply.Unsure unsure -> later(handle, unsure.message(), Duration.ZERO);
    };
  }

  private Step progress(Handle handle, JsonNode pipeline) {
    String status = pipeline.path("status").asString("");
    String url = pipeline.path("web_url").asString("");
    if (status.equals("success")) {
      return new Step.Done(
          new Step.Changes(0, 1, 0),
          outputs(handle, pipeline),
          "Pipeline %d completed successfully%n%s".formatted(handle.pipeline(), url));
    }
    if (ENDED.contains(status)) {
      return new Step.Failed(
          "Pipeline %d ended with status: %s".formatted(handle.pipeline(), status), url, null);
    }
    return later(
        handle, status.equals("manual") ? "a job waits to be started by hand" : "", Duration.ZERO);
  }

  /**
   * Asks again later; a pipeline that takes too long is cancelled, so that nobody waits for two.
   */
  private Step later(Handle handle, String message, Duration atLeast) {
    Duration age = Duration.between(handle.since(), clock.instant());
    if (age.compareTo(settings.timeout()) > 0) {
      api.post(handle.pipelinePath() + "/cancel", null);
      return Step.Failed.because(
          "Pipeline timed out after %ds".formatted(settings.timeout().toSeconds()));
    }
    Handle asked = handle.asked();
    Duration pause = asked.pause(settings.interval());
    return new Step.Running(
        asked.json(),
        pause.compareTo(atLeast) > 0 ? pause : atLeast,
        message.isEmpty() ? null : "Waiting for GitLab: " + message);
  }

  private JsonNode outputs(Handle handle, JsonNode pipeline) {
    ObjectNode outputs =
        JsonNodeFactory.instance
            .objectNode()
            .put("pipeline_id", handle.pipeline())
            .put("pipeline_url", pipeline.path("web_url").asString(""));
    api.all(handle.pipelinePath() + "/jobs")
        .ifPresent(
            jobs -> {
              ArrayNode list = outputs.putArray("jobs");
              for (JsonNode job : jobs) {
                ObjectNode shown = list.addObject();
                for (String field : SHOWN_OF_JOBS) {
                  if (job.has(field)) {
                    shown.set(field, job.path(field));
                  } else {
                    shown.putNull(field);
                  }
                }
              }
            });
    return outputs;
  }

  Step cancel(Handle handle) {
    Reply now = api.get(handle.pipelinePath());
    if (now instanceof Reply.Refused refused && refused.status() == 404) {
      return new Step.Done(Step.Changes.NONE, null, "Pipeline " + handle.pipeline() + " is gone");
    }
    if (now instanceof Reply.Ok ok) {
      if (ENDED.contains(ok.body().path("status").asString(""))) {
        return new Step.Done(
            new Step.Changes(0, 0, 1), null, "Pipeline " + handle.pipeline() + " ended");
      }
      api.post(handle.pipelinePath() + "/cancel", null);
    }
    return later(handle, "", Duration.ZERO);
  }

  Step recover(ActionRequest request, Target target) {
    String key = key(request);
    String list =
        target.path()
            + "/pipelines?order_by=id&sort=desc&source=api&per_page="
            + LOOKED_AT
            + "&ref="
            + URLEncoder.encode(target.ref(), StandardCharsets.UTF_8);
    if (api.get(list) instanceof Reply.Ok ok) {
      for (JsonNode pipeline : ok.body()) {
        if (carries(target, pipeline.path("id").longValue(0), key)) {
          return started(target, pipeline, key);
        }
      }
    }
    return new Step.Unknown(
        "whether the dispatch %s of %s happened is not known; look for a pipeline with the variable %s=%s, then ask for a reconcile"
            .formatted(key, target.project(), DISPATCH, key));
  }

  private boolean carries(Target target, long pipeline, String key) {
    Optional<ArrayNode> variables =
        api.all(target.path() + "/pipelines/" + pipeline + "/variables");
    return variables.isPresent()
        && variables
            .get()
            .valueStream()
            .anyMatch(
                variable ->
                    variable.path("key").asString("").equals(DISPATCH)
                        && variable.path("value").asString("").equals(key));
  }
}
