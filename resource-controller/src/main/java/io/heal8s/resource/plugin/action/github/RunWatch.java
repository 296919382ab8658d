// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.plugin.Step;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Follows runs to their end, and ends them. */
final class RunWatch {

  /** Runs are listed seconds after their dispatch. */
  private static final Duration LISTED_AFTER = Duration.ofMinutes(5);

  private final Connection github;
  private final Runs runs;

  RunWatch(Connection github, Runs runs) {
    this.github = github;
    this.runs = runs;
  }

  Step poll(Handle handle) {
    Optional<Secret> token = github.token();
    String correlation = handle.correlation();
    Reply reply =
        correlation == null
            ? github.api().get(handle.runPath(), token)
            : runs.find(handle, correlation, token);
    return switch (reply) {
      case Reply.Ok ok when correlation != null -> located(handle, ok.body());
      case Reply.Ok ok -> progress(handle, ok.body(), token);
      case Reply.Refused refused when refused.status() == 404 ->
          Step.Failed.because("Workflow run %d is gone".formatted(handle.run()));
      case Reply.Refused refused -> later(handle, refused.message(), Duration.ZERO);
      case Reply.Limited limited -> later(handle, limited.message(), limited.pause());
      case Reply.NotSent none -> later(handle, none.message(), Duration.ZERO);
      case Reply.Unsure unsure -> later(handle, unsure.message(), Duration.ZERO);
    };
  }

  private Step located(Handle handle, JsonNode run) {
    if (!run.isMissingNode()) {
      return Dispatches.located(handle, run);
    }
    return age(handle).compareTo(LISTED_AFTER) > 0
        ? notFound(handle)
        : later(handle, "the run is not listed yet", Duration.ZERO);
  }

  private Duration age(Handle handle) {
    return Duration.between(handle.since(), github.clock().instant());
  }

  private static Step notFound(Handle handle) {
    return new Step.Unknown(
        "no run shows %s in its title: it was not dispatched, or the workflow's run-name does not show its input"
            .formatted(handle.correlation()));
  }

  private Step progress(Handle handle, JsonNode run, Optional<Secret> token) {
    if (!run.path("status").asString("").equals("completed")) {
      return later(handle, "", Duration.ZERO);
    }
    String conclusion = run.path("conclusion").asString("");
    String url = run.path("html_url").asString("");
    if (!conclusion.equals("success")) {
      return new Step.Failed(
          "Workflow run %d failed with conclusion: %s".formatted(handle.run(), conclusion),
          url,
          null);
    }
    return new Step.Done(
        new Step.Changes(0, 1, 0),
        runs.outputs(handle, run, token),
        "Workflow run %d completed successfully%n%s".formatted(handle.run(), url));
  }

  /** Asks again later; a run that takes too long is cancelled, so that nobody's waits are two. */
  private Step later(Handle handle, String message, Duration atLeast) {
    if (age(handle).compareTo(github.timeout()) > 0) {
      if (handle.run() == 0) {
        return notFound(handle);
      }
      github.api().post(handle.runPath() + "/cancel", null, github.token());
      return Step.Failed.because(
          "Workflow timed out after %ds".formatted(github.timeout().toSeconds()));
    }
    Handle asked = handle.asked();
    Duration pause = asked.pause(github.interval());
    return new Step.Running(
        asked.json(),
        pause.compareTo(atLeast) > 0 ? pause : atLeast,
        message.isEmpty() ? null : "Waiting for GitHub: " + message);
  }

  Step cancel(Handle handle) {
    if (handle.correlation() != null) {
      return poll(handle);
    }
    Optional<Secret> token = github.token();
    Reply now = github.api().get(handle.runPath(), token);
    if (now instanceof Reply.Ok ok && ok.body().path("status").asString("").equals("completed")) {
      return new Step.Done(
          new Step.Changes(0, 0, 1), null, "Workflow run " + handle.run() + " ended");
    }
    if (now instanceof Reply.Refused refused && refused.status() == 404) {
      return new Step.Done(Step.Changes.NONE, null, "Workflow run " + handle.run() + " is gone");
    }
    if (now instanceof Reply.Ok) {
      github.api().post(handle.runPath() + "/cancel", null, token);
    }
    return later(handle, "", Duration.ZERO);
  }
}
