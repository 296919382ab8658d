// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
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

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /** So far may its clock be behind ours. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

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
      case Reply.Ok ok when ok.body().path("id").longValue(0) == 0 ->
          new Step.Unknown(
              "the dispatch %s of %s was answered without the number of a pipeline"
                  .formatted(key, target.project()),
              true);
      case Reply.Ok ok -> started(target.path(), ok.body(), false);
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

  private Step started(String project, JsonNode pipeline, boolean ending) {
    long number = pipeline.path("id").longValue(0);
    Handle handle = Handle.numbered(project, number, clock.instant()).ending(ending);
    return new Step.Running(
        handle.json(), handle.pause(settings.interval()), "Pipeline " + number + " started");
  }

  Step poll(Handle handle) {
    String sought = handle.sought();
    if (sought != null) {
      return looked(handle, sought);
    }
    Reply reply = api.get(handle.pipelinePath());
    return switch (reply) {
      case Reply.Ok ok -> progress(handle, ok.body());
      case Reply.Refused refused when refused.status() == NOT_FOUND ->
          Step.Failed.because("Pipeline %d is gone".formatted(handle.pipeline()));
      case Reply.Refused _, Reply.Limited _, Reply.NotSent _, Reply.Unsure _ ->
          isOverdue(handle) ? ended(handle) : unanswered(handle, reply);
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
    if (isOverdue(handle)) {
      return ended(handle);
    }
    return handle.ending()
        ? asked(handle)
        : later(
            handle,
            status.equals("manual") ? "a job waits to be started by hand" : "",
            Duration.ZERO);
  }

  /** Asks GitLab to cancel a pipeline, which is followed to its end; again until that is taken. */
  private Step asked(Handle handle) {
    Reply reply = api.post(handle.pipelinePath() + "/cancel", null);
    boolean isTaken =
        reply instanceof Reply.Ok
            || reply instanceof Reply.Refused refused
                && (refused.status() == NOT_FOUND || refused.status() == CONFLICT);
    return isTaken
        ? later(handle.ending(false), "", Duration.ZERO)
        : unanswered(handle.ending(true), reply);
  }

  private boolean isOverdue(Handle handle) {
    return Duration.between(handle.since(), clock.instant()).compareTo(settings.timeout()) > 0;
  }

  /**
   * Ends a pipeline that takes too long. It has not failed before GitLab takes that: the next one
   * would run beside it.
   */
  private Step ended(Handle handle) {
    Reply reply = api.post(handle.pipelinePath() + "/cancel", null);
    boolean isTaken =
        reply instanceof Reply.Ok
            || reply instanceof Reply.Refused refused && refused.status() == NOT_FOUND;
    return isTaken
        ? Step.Failed.because(
            "Pipeline timed out after %ds".formatted(settings.timeout().toSeconds()))
        : unanswered(handle, reply);
  }

  /** Asks again for what was not answered; not for ever for what GitLab refuses to answer. */
  private Step unanswered(Handle handle, Reply reply) {
    return switch (reply) {
      case Reply.Ok _ -> later(handle, "", Duration.ZERO);
      case Reply.Refused refused when isOverdue(handle) ->
          new Step.Unknown("GitLab refuses: " + refused.message(), true);
      case Reply.Refused refused -> later(handle, refused.message(), Duration.ZERO);
      case Reply.Limited limited -> later(handle, limited.message(), limited.pause());
      case Reply.NotSent none -> later(handle, none.message(), Duration.ZERO);
      case Reply.Unsure unsure -> later(handle, unsure.message(), Duration.ZERO);
    };
  }

  private Step later(Handle handle, String message, Duration atLeast) {
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
    if (api.all(handle.pipelinePath() + "/jobs") instanceof Reply.Ok ok) {
      ArrayNode list = outputs.putArray("jobs");
      for (JsonNode job : ok.body()) {
        ObjectNode shown = list.addObject();
        for (String field : SHOWN_OF_JOBS) {
          if (job.has(field)) {
            shown.set(field, job.path(field));
          } else {
            shown.putNull(field);
          }
        }
      }
    }
    return outputs;
  }

  Step cancel(Handle running) {
    Handle handle = running.ending(true);
    if (handle.sought() != null) {
      return poll(handle);
    }
    Reply now = api.get(handle.pipelinePath());
    return switch (now) {
      case Reply.Refused refused when refused.status() == NOT_FOUND ->
          new Step.Done(Step.Changes.NONE, null, "Pipeline " + handle.pipeline() + " is gone");
      case Reply.Ok ok when ENDED.contains(ok.body().path("status").asString("")) ->
          new Step.Done(
              new Step.Changes(0, 0, 1), null, "Pipeline " + handle.pipeline() + " ended");
      case Reply.Ok _ when !isOverdue(handle) -> asked(handle);
      case Reply.Ok _, Reply.Refused _, Reply.Limited _, Reply.NotSent _, Reply.Unsure _ ->
          isOverdue(handle) ? ended(handle) : unanswered(handle, now);
    };
  }

  Step recover(ActionRequest request, Target target) {
    String key = key(request);
    Instant from = Objects.requireNonNullElse(request.begunAt(), Instant.EPOCH);
    return looked(Handle.sought(target.path(), key, target.ref(), from, clock.instant()), key);
  }

  /**
   * Looks for a pipeline by its key. One from before the start is another's: a database that was
   * made anew gives the same keys again. Nothing is concluded from a question that was not
   * answered: it is asked again.
   */
  private Step looked(Handle handle, String key) {
    String list =
        handle.path()
            + "/pipelines?order_by=id&sort=desc&source=api&per_page="
            + LOOKED_AT
            + "&ref="
            + URLEncoder.encode(handle.ref(), StandardCharsets.UTF_8);
    Reply pipelines = api.get(list);
    return switch (pipelines) {
      case Reply.Ok ok -> among(ok.body(), handle, key);
      // The project is gone, or is not shown to us, however often it is asked for.
      case Reply.Refused refused when refused.status() == NOT_FOUND -> unknown(key);
      case Reply.Refused _, Reply.Limited _, Reply.NotSent _, Reply.Unsure _ ->
          unanswered(handle, pipelines);
    };
  }

  private Step among(JsonNode pipelines, Handle handle, String key) {
    for (JsonNode pipeline : pipelines) {
      if (isBefore(pipeline, handle.from())) {
        continue;
      }
      Reply variables =
          api.all(handle.path() + "/pipelines/" + pipeline.path("id").longValue(0) + "/variables");
      switch (variables) {
        case Reply.Ok found when carries(found.body(), key) -> {
          return started(handle.path(), pipeline, handle.ending());
        }
        case Reply.Limited _, Reply.NotSent _, Reply.Unsure _ -> {
          return unanswered(handle, variables);
        }
        // Another's, or one that is gone or is not shown to us, however often it is asked for.
        case Reply.Ok _, Reply.Refused _ -> {}
      }
    }
    return unknown(key);
  }

  private static Step unknown(String key) {
    return new Step.Unknown(
        "whether the dispatch %s happened is not known; look for a pipeline with the variable %s=%s, then ask for a reconcile"
            .formatted(key, DISPATCH, key));
  }

  private static boolean isBefore(JsonNode pipeline, Instant from) {
    try {
      return OffsetDateTime.parse(pipeline.path("created_at").asString(""))
          .toInstant()
          .plus(CLOCKS_DIFFER)
          .isBefore(from);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean carries(JsonNode variables, String key) {
    return variables
        .valueStream()
        .anyMatch(
            variable ->
                variable.path("key").asString("").equals(DISPATCH)
                    && variable.path("value").asString("").equals(key));
  }
}
