// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Starts workflows, and looks for runs of starts whose end was never recorded. */
final class Dispatches {

  private final Connection github;
  private final Runs runs;

  Dispatches(Connection github, Runs runs) {
    this.github = github;
    this.runs = runs;
  }

  Step dispatch(ActionRequest request, Target target, String workflow) {
    Optional<Secret> token = github.token();
    String key = key(request);
    Inputs.Choice choice =
        Inputs.choose(target, request.spec(), declared(target, workflow, token), key);
    return switch (choice) {
      case Inputs.Choice.Impossible impossible -> Step.Failed.because(impossible.message());
      case Inputs.Choice.Send send -> send(target, workflow, send, key, token);
    };
  }

  private static String key(ActionRequest request) {
    return Objects.requireNonNullElse(request.dispatchKey(), "");
  }

  private Step send(
      Target target, String workflow, Inputs.Choice.Send send, String key, Optional<Secret> token) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("ref", target.ref())
            .put("return_run_details", true);
    body.set("inputs", send.json());
    Reply reply =
        github
            .api()
            .post(target.path() + "/actions/workflows/" + workflow + "/dispatches", body, token);
    return switch (reply) {
      case Reply.Refused refused ->
          Step.Failed.because("Failed to trigger workflow: " + refused.message());
      case Reply.Limited limited ->
          new Step.Failed("Failed to trigger workflow: " + limited.message(), "", limited.pause());
      case Reply.NotSent none ->
          Step.Failed.because("Failed to trigger workflow: " + none.message());
      case Reply.Unsure unsure when send.correlation() != null ->
          lookedFor(target, workflow, key, unsure.message());
      case Reply.Unsure unsure ->
          new Step.Unknown(
              "the dispatch %s of %s may have happened: %s"
                  .formatted(key, target.fullName(), unsure.message()));
      case Reply.Ok ok -> started(target, workflow, send, key, ok.body());
    };
  }

  private Step started(
      Target target, String workflow, Inputs.Choice.Send send, String key, JsonNode body) {
    long run = body.path("workflow_run_id").longValue(0);
    if (run == 0 && send.correlation() == null) {
      return new Step.Unknown(
          "the dispatch %s of %s happened, but the server does not say which run it is; declare an input correlation_id in the workflow and show it in its run-name"
              .formatted(key, target.fullName()));
    }
    Handle handle =
        new Handle(
            target.path(), workflow, run, run == 0 ? key : null, github.clock().instant(), 0);
    String message = run == 0 ? "Workflow dispatched" : "Workflow run " + run + " started";
    return new Step.Running(handle.json(), handle.pause(github.interval()), message);
  }

  /** Inputs of the workflow; empty when the file cannot be read, e.g. for lack of rights. */
  private Optional<Set<String>> declared(Target target, String workflow, Optional<Secret> token) {
    String file = workflow;
    if (workflow.matches("\\d+")
        && github.api().get(target.path() + "/actions/workflows/" + workflow, token)
            instanceof Reply.Ok ok) {
      file = ok.body().path("path").asString("").replaceFirst(".*/", "");
    }
    Reply reply =
        github
            .api()
            .get(
                target.path()
                    + "/contents/.github/workflows/"
                    + file
                    + "?ref="
                    + URLEncoder.encode(target.ref(), StandardCharsets.UTF_8),
                token);
    if (!(reply instanceof Reply.Ok ok)) {
      return Optional.empty();
    }
    try {
      byte[] text = Base64.getMimeDecoder().decode(ok.body().path("content").asString(""));
      return WorkflowFile.inputs(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The request does not say whether it was applied or destroyed, so both workflows are asked. */
  Step recover(ActionRequest request) {
    Target target = Target.of(request);
    Optional<Secret> token = github.token();
    String key = key(request);
    List<String> workflows =
        target.destroyWorkflow() == null
            ? List.of(target.workflow())
            : List.of(target.workflow(), target.destroyWorkflow());
    List<String> telling =
        workflows.stream().filter(each -> isTold(request, target, each, token)).toList();
    for (String workflow : telling) {
      Handle handle = new Handle(target.path(), workflow, 0, key, github.clock().instant(), 0);
      if (runs.find(handle, key, token) instanceof Reply.Ok ok && !ok.body().isMissingNode()) {
        return located(handle, ok.body());
      }
    }
    return telling.size() == 1
        ? lookedFor(target, telling.getFirst(), key, "whether it was dispatched")
        : new Step.Unknown(
            "whether the dispatch %s of %s happened is not known; look at its runs, then ask for a reconcile"
                .formatted(key, target.fullName()));
  }

  /** Whether runs of a workflow show the key. */
  private boolean isTold(
      ActionRequest request, Target target, String workflow, Optional<Secret> token) {
    return Inputs.choose(target, request.spec(), declared(target, workflow, token), key(request))
            instanceof Inputs.Choice.Send send
        && send.correlation() != null;
  }

  /** Its title will tell. */
  private Step lookedFor(Target target, String workflow, String key, String why) {
    Handle handle = new Handle(target.path(), workflow, 0, key, github.clock().instant(), 0);
    return new Step.Running(
        handle.json(), handle.pause(github.interval()), "Waiting for GitHub: " + why);
  }

  /** A run that was found by its key. */
  static Step located(Handle handle, JsonNode run) {
    Handle found = handle.found(run.path("id").longValue(0));
    return new Step.Running(
        found.json(), Duration.ofMillis(200), "Workflow run " + found.run() + " started");
  }
}
