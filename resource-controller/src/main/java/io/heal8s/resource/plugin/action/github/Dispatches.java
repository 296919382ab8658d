// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.plugin.action.github.Declarations.Declared;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Starts workflows, and looks for runs of starts whose end was never recorded. */
final class Dispatches {

  private static final String FAILED = "Failed to trigger workflow: ";

  private final Connection github;
  private final Runs runs;
  private final Declarations declarations;

  Dispatches(Connection github, Runs runs) {
    this.github = github;
    this.runs = runs;
    this.declarations = new Declarations(github.api());
  }

  Step dispatch(ActionRequest request, Target target, String workflow) {
    Optional<Reply.Limited> obstacle = github.api().obstacleToPost(who(request));
    if (obstacle.isPresent()) {
      // Before anything is read for it, which would cost as much each time.
      return later(obstacle.get());
    }
    Access access = github.access();
    return switch (declarations.of(who(request), target, workflow, access)) {
      // Without its inputs it would be sent without the key by which its run can be found.
      case Declared.NotNow(Reply.Limited limited) -> later(limited);
      case Declared.NotNow(Reply reply) -> Step.Failed.because(FAILED + reply.why());
      case Declared.Known(var inputs) ->
          switch (Inputs.choose(target, request.spec(), inputs, key(request))) {
            case Inputs.Choice.Impossible impossible -> Step.Failed.because(impossible.message());
            case Inputs.Choice.Send send -> send(target, workflow, send, request, access);
          };
    };
  }

  /** A limit is no failure: nothing was sent, and nobody has to do anything. */
  private static Step later(Reply.Limited limited) {
    return new Step.Later(limited.pause(), "Waiting for GitHub: " + limited.message());
  }

  /** Who waits for a turn. Its key is another after each wait, and others call the same path. */
  static String who(ActionRequest request) {
    return "resource " + request.resourceId();
  }

  private static String key(ActionRequest request) {
    return Objects.requireNonNullElse(request.dispatchKey(), "");
  }

  private Step send(
      Target target,
      String workflow,
      Inputs.Choice.Send send,
      ActionRequest request,
      Access access) {
    String key = key(request);
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("ref", target.ref())
            .put("return_run_details", true);
    body.set("inputs", send.json());
    Instant sent = github.clock().instant();
    Reply reply =
        github
            .api()
            .post(
                who(request),
                target.path() + "/actions/workflows/" + workflow + "/dispatches",
                body,
                access);
    return switch (reply) {
      case Reply.Refused refused -> Step.Failed.because(FAILED + refused.message());
      case Reply.Limited limited -> later(limited);
      case Reply.NotSent none -> Step.Failed.because(FAILED + none.message());
      case Reply.Unsure unsure when send.correlation() != null ->
          lookedFor(
              Handle.sought(target.path(), List.of(workflow), key, false, sent, sent),
              "Waiting for GitHub: " + unsure.message(),
              Duration.ZERO);
      case Reply.Unsure unsure ->
          new Step.Unknown(
              "the dispatch %s of %s may have happened: %s"
                  .formatted(key, target.fullName(), unsure.message()));
      case Reply.Ok ok -> started(target, workflow, send, key, ok.body(), sent);
    };
  }

  private Step started(
      Target target,
      String workflow,
      Inputs.Choice.Send send,
      String key,
      JsonNode body,
      Instant sent) {
    long run = body.path("workflow_run_id").longValue(0);
    if (run != 0) {
      Handle handle = Handle.numbered(target.path(), workflow, run, sent);
      return new Step.Running(
          handle.json(), handle.pause(github.interval()), "Workflow run " + run + " started");
    }
    return send.correlation() == null
        ? new Step.Unknown(
            "the dispatch %s of %s happened, but the server does not say which run it is; declare an input correlation_id in the workflow and show it in its run-name"
                .formatted(key, target.fullName()),
            true)
        : lookedFor(
            Handle.sought(target.path(), List.of(workflow), key, true, sent, sent),
            "Workflow dispatched",
            Duration.ZERO);
  }

  /**
   * The request does not say whether it was applied or destroyed, so both workflows are asked.
   * Nothing is concluded from a question that was not answered: it is asked again.
   */
  Step recover(ActionRequest request) {
    Target target = Target.of(request);
    Access access = github.access();
    String key = key(request);
    Handle handle =
        Handle.sought(
            target.path(),
            workflows(target),
            key,
            false,
            Objects.requireNonNullElse(request.begunAt(), Instant.EPOCH),
            github.clock().instant());
    Reply reply = runs.find(who(request), handle, key, access);
    return switch (reply) {
      case Reply.Ok ok when !ok.body().isMissingNode() -> located(handle, ok.body());
      case Reply.Ok _ when !isTold(request, target, access) ->
          new Step.Unknown(
              "whether the dispatch %s of %s happened is not known; look at its runs, then ask for a reconcile"
                  .formatted(key, target.fullName()));
      case Reply.Ok _ -> lookedFor(handle, "Waiting for GitHub: whether it was dispatched");
      case Reply.Limited(Duration pause, String message) ->
          lookedFor(handle, "Waiting for GitHub: " + message, pause);
      case Reply.Refused refused -> lookedFor(handle, "Waiting for GitHub: " + refused.message());
      case Reply.NotSent none -> lookedFor(handle, "Waiting for GitHub: " + none.message());
      case Reply.Unsure unsure -> lookedFor(handle, "Waiting for GitHub: " + unsure.message());
    };
  }

  private static List<String> workflows(Target target) {
    return target.destroyWorkflow() == null
        ? List.of(target.workflow())
        : List.of(target.workflow(), target.destroyWorkflow());
  }

  /** Whether runs may show the key: only then is it of use to wait until one is listed. */
  private boolean isTold(ActionRequest request, Target target, Access access) {
    return workflows(target).stream()
        .anyMatch(
            workflow ->
                switch (declarations.of(who(request), target, workflow, access)) {
                  case Declared.NotNow _ -> true;
                  case Declared.Known(var inputs) ->
                      Inputs.choose(target, request.spec(), inputs, key(request))
                              instanceof Inputs.Choice.Send send
                          && send.correlation() != null;
                });
  }

  private Step lookedFor(Handle handle, String message) {
    return lookedFor(handle, message, Duration.ZERO);
  }

  /** Its title will tell. */
  private Step lookedFor(Handle handle, String message, Duration atLeast) {
    Duration pause = handle.pause(github.interval());
    return new Step.Running(handle.json(), pause.compareTo(atLeast) > 0 ? pause : atLeast, message);
  }

  /** A run that was found by its key. */
  static Step located(Handle handle, JsonNode run) {
    Handle found = handle.found(run.path("id").longValue(0));
    return new Step.Running(
        found.json(), Duration.ofMillis(200), "Workflow run " + found.run() + " started");
  }
}
