// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.resource.plugin.Step;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows runs to their end, and ends them. */
final class RunWatch {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /** Runs are listed seconds after their dispatch. */
  private static final Duration LISTED_AFTER = Duration.ofMinutes(5);

  private final Connection github;
  private final Runs runs;

  RunWatch(Connection github, Runs runs) {
    this.github = github;
    this.runs = runs;
  }

  /**
   * Looks how a run is.
   *
   * @param who wants to know: the same when it comes back after a wait
   */
  Step poll(String who, Handle handle) {
    Access access = github.access();
    String correlation = handle.correlation();
    if (correlation != null) {
      Reply reply = runs.find(who, handle, correlation, access);
      // However long GitHub does not answer: what was not looked at was not missed.
      return reply instanceof Reply.Ok ok ? listed(handle, ok.body()) : unanswered(handle, reply);
    }
    Reply reply = github.api().look(handle.runPath(), access);
    return switch (reply) {
      case Reply.Ok ok -> progress(handle, ok.body(), access);
      case Reply.Refused refused when refused.status() == NOT_FOUND ->
          Step.Failed.because("Workflow run %d is gone".formatted(handle.run()));
      case Reply.Refused _, Reply.Limited _, Reply.NotSent _, Reply.Unsure _ ->
          isOverdue(handle) ? ended(handle, access) : unanswered(handle, reply);
    };
  }

  private Step listed(Handle handle, JsonNode run) {
    if (!run.isMissingNode()) {
      return Dispatches.located(handle, run);
    }
    return age(handle).compareTo(LISTED_AFTER) > 0
        ? new Step.Unknown(
            "no run shows %s in its title: %s"
                .formatted(
                    handle.correlation(),
                    handle.accepted()
                        ? "the workflow's run-name does not show its input"
                        : "it was not dispatched, or the workflow's run-name does not show its input"),
            handle.accepted())
        : later(handle, "the run is not listed yet", Duration.ZERO);
  }

  private Duration age(Handle handle) {
    return Duration.between(handle.since(), github.clock().instant());
  }

  private boolean isOverdue(Handle handle) {
    return age(handle).compareTo(github.timeout()) > 0;
  }

  private Step progress(Handle handle, JsonNode run, Access access) {
    if (isCompleted(run)) {
      return completed(handle, run, access);
    }
    if (isOverdue(handle)) {
      return ended(handle, access);
    }
    return handle.ending() ? asked(handle, access) : later(handle, "", Duration.ZERO);
  }

  /** Asks GitHub to cancel a run, which is followed to its end; again until GitHub takes it. */
  private Step asked(Handle handle, Access access) {
    Reply reply = github.api().cancel(handle.runPath() + "/cancel", access);
    boolean isTaken =
        reply instanceof Reply.Ok
            || reply instanceof Reply.Refused refused
                && (refused.status() == NOT_FOUND || refused.status() == CONFLICT);
    return isTaken
        ? later(handle.ending(false), "", Duration.ZERO)
        : unanswered(handle.ending(true), reply);
  }

  private Step completed(Handle handle, JsonNode run, Access access) {
    String conclusion = run.path("conclusion").asString("");
    String url = run.path("html_url").asString("");
    if (!conclusion.equals("success")) {
      return new Step.Failed(
          "Workflow run %d failed with conclusion: %s".formatted(handle.run(), conclusion),
          url,
          null);
    }
    return switch (runs.outputs(handle, run, access)) {
      case Runs.Outputs.NotNow(Reply.Limited limited) -> unanswered(handle, limited);
      case Runs.Outputs.Read(ObjectNode outputs) ->
          new Step.Done(
              new Step.Changes(0, 1, 0),
              outputs,
              "Workflow run %d completed successfully%n%s".formatted(handle.run(), url));
    };
  }

  private static boolean isCompleted(JsonNode run) {
    return run.path("status").asString("").equals("completed");
  }

  /**
   * Ends a run that takes too long. It has not failed before GitHub takes that: the next dispatch
   * would run beside it.
   */
  private Step ended(Handle handle, Access access) {
    Reply reply = github.api().cancel(handle.runPath() + "/cancel", access);
    return switch (reply) {
      case Reply.Ok _ -> timedOut();
      case Reply.Refused refused when refused.status() == NOT_FOUND -> timedOut();
      case Reply.Refused refused when refused.status() == CONFLICT -> endedByItself(handle, access);
      case Reply.Refused _, Reply.Limited _, Reply.NotSent _, Reply.Unsure _ ->
          unanswered(handle, reply);
    };
  }

  /** There is nothing left to cancel: it may have succeeded at the last moment. */
  private Step endedByItself(Handle handle, Access access) {
    Reply now = github.api().get(handle.runPath(), access);
    return switch (now) {
      case Reply.Ok ok ->
          isCompleted(ok.body()) ? completed(handle, ok.body(), access) : timedOut();
      case Reply.Refused _, Reply.Limited _, Reply.NotSent _, Reply.Unsure _ ->
          unanswered(handle, now);
    };
  }

  private Step timedOut() {
    return Step.Failed.because(
        "Workflow timed out after %ds".formatted(github.timeout().toSeconds()));
  }

  /** Asks again for what was not answered; not for ever for what GitHub refuses to answer. */
  private Step unanswered(Handle handle, Reply reply) {
    return switch (reply) {
      case Reply.Ok _ -> later(handle, "", Duration.ZERO);
      case Reply.Refused refused when isOverdue(handle) ->
          new Step.Unknown("GitHub refuses: " + refused.message(), true);
      case Reply.Refused refused -> later(handle, refused.message(), Duration.ZERO);
      case Reply.Limited limited -> later(handle, limited.message(), limited.pause());
      case Reply.NotSent none -> later(handle, none.message(), Duration.ZERO);
      case Reply.Unsure unsure -> later(handle, unsure.message(), Duration.ZERO);
    };
  }

  private Step later(Handle handle, String message, Duration atLeast) {
    Handle asked = handle.asked();
    Duration pause = asked.pause(github.interval());
    return new Step.Running(
        asked.json(),
        pause.compareTo(atLeast) > 0 ? pause : atLeast,
        message.isEmpty() ? null : "Waiting for GitHub: " + message);
  }

  Step cancel(String who, Handle running) {
    Handle handle = running.ending(true);
    if (handle.correlation() != null) {
      return poll(who, handle);
    }
    Access access = github.access();
    Reply now = github.api().get(handle.runPath(), access);
    return switch (now) {
      case Reply.Ok ok when isCompleted(ok.body()) ->
          new Step.Done(new Step.Changes(0, 0, 1), null, "Workflow run " + handle.run() + " ended");
      case Reply.Refused refused when refused.status() == NOT_FOUND ->
          new Step.Done(Step.Changes.NONE, null, "Workflow run " + handle.run() + " is gone");
      case Reply.Ok _ when !isOverdue(handle) -> asked(handle, access);
      case Reply.Ok _, Reply.Refused _, Reply.Limited _, Reply.NotSent _, Reply.Unsure _ ->
          isOverdue(handle) ? ended(handle, access) : unanswered(handle, now);
    };
  }
}
