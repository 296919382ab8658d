// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Dispatches a workflow for every change and follows its run. Found by the ServiceLoader. */
public final class GithubActionsPlugin implements ActionPlugin {

  private static final String NAME = "github_actions";
  private @Nullable Connection connection;

  /** What is there once the plugin is open. */
  private record Connection(
      GithubApi api,
      Runs runs,
      Credentials credentials,
      OutboundHttpClient client,
      Duration timeout,
      Duration interval,
      InstantSource clock) {}

  /** Made by the ServiceLoader. */
  public GithubActionsPlugin() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo(NAME, "1.0.0", API_VERSION);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.CANCEL, Capability.WRITE_AHEAD);
  }

  @Override
  public void open(PluginEnvironment environment) {
    Map<String, String> settings = environment.settings();
    String base = settings.getOrDefault("GITHUB_API_URL", "https://api.github.com");
    OutboundHttpClient client = new OutboundHttpClient(outbound(base));
    GithubApi api = new GithubApi(base, client, environment.time());
    connection =
        new Connection(
            api,
            new Runs(api),
            new Credentials(settings, api, environment.time()),
            client,
            seconds(settings, "GITHUB_ACTIONS_TIMEOUT", 3600),
            seconds(settings, "GITHUB_ACTIONS_POLL_INTERVAL", 10),
            environment.time());
  }

  /** The address is the operator's, who may well mean a server of their own network. */
  private static OutboundSettings outbound(String base) {
    try {
      URI uri = URI.create(base);
      String scheme = Objects.requireNonNullElse(uri.getScheme(), "");
      int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
      return new OutboundSettings(
          Set.of(scheme),
          Set.of(port),
          List.of(Cidr.valueOf("0.0.0.0/0"), Cidr.valueOf("::/0")),
          null,
          null,
          16 << 20,
          null);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "GITHUB_API_URL is '%s': must be an http or https address".formatted(base), e);
    }
  }

  private static Duration seconds(Map<String, String> settings, String name, int fallback) {
    String value = settings.getOrDefault(name, Integer.toString(fallback)).strip();
    if (!value.matches("\\d{1,7}") || Integer.parseInt(value) < 1) {
      throw new IllegalArgumentException(
          "%s is '%s': must be a whole number of seconds, at least 1".formatted(name, value));
    }
    return Duration.ofSeconds(Integer.parseInt(value));
  }

  private Connection open() {
    return Objects.requireNonNull(connection, "not opened");
  }

  @Override
  public List<String> validateSpec(ActionRequest request) {
    return Target.complaints(request);
  }

  @Override
  public PlanResult plan(ActionRequest request) {
    Target target = Target.of(request);
    Optional<Secret> token = open().credentials().token();
    return switch (open()
        .api()
        .get(target.path() + "/actions/workflows/" + target.workflow(), token)) {
      case Reply.Ok ok ->
          new PlanResult.Changes(
              "Workflow: %s%nRepository: %s%nRef: %s"
                  .formatted(
                      ok.body().path("name").asString(target.workflow()),
                      target.fullName(),
                      target.ref()));
      case Reply.Refused refused ->
          new PlanResult.Failed(
              "Workflow '%s' not found or inaccessible (%s)"
                  .formatted(target.workflow(), refused.message()));
      case Reply.Limited limited ->
          new PlanResult.Failed("GitHub's rate limit: " + limited.message());
      case Reply.NotSent none -> new PlanResult.Failed(none.message());
      case Reply.Unsure unsure ->
          new PlanResult.Failed("GitHub does not answer: " + unsure.message());
    };
  }

  @Override
  public Step apply(ActionRequest request) {
    Target target = Target.of(request);
    return dispatch(request, target, target.workflow());
  }

  @Override
  public Step destroy(ActionRequest request) {
    Target target = Target.of(request);
    return target.destroyWorkflow() == null
        ? new Step.Done(Step.Changes.NONE, null, "no destroy_workflow; nothing is removed")
        : dispatch(request, target, target.destroyWorkflow());
  }

  private Step dispatch(ActionRequest request, Target target, String workflow) {
    Optional<Secret> token = open().credentials().token();
    String key = Objects.requireNonNullElse(request.dispatchKey(), "");
    Inputs.Choice choice =
        Inputs.choose(target, request.spec(), declared(target, workflow, token), key);
    return switch (choice) {
      case Inputs.Choice.Impossible impossible -> Step.Failed.because(impossible.message());
      case Inputs.Choice.Send send -> send(target, workflow, send, key, token);
    };
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
        open()
            .api()
            .post(target.path() + "/actions/workflows/" + workflow + "/dispatches", body, token);
    return switch (reply) {
      case Reply.Refused refused ->
          Step.Failed.because("Failed to trigger workflow: " + refused.message());
      case Reply.Limited limited ->
          new Step.Failed("Failed to trigger workflow: " + limited.message(), "", limited.pause());
      case Reply.NotSent none ->
          Step.Failed.because("Failed to trigger workflow: " + none.message());
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
            target.path(), workflow, run, run == 0 ? key : null, open().clock().instant(), 0);
    String message = run == 0 ? "Workflow dispatched" : "Workflow run " + run + " started";
    return new Step.Running(handle.json(), handle.pause(open().interval()), message);
  }

  /** Inputs of the workflow; empty when the file cannot be read, e.g. for lack of rights. */
  private Optional<Set<String>> declared(Target target, String workflow, Optional<Secret> token) {
    String file = workflow;
    if (workflow.matches("\\d+")
        && open().api().get(target.path() + "/actions/workflows/" + workflow, token)
            instanceof Reply.Ok ok) {
      file = ok.body().path("path").asString("").replaceFirst(".*/", "");
    }
    Reply reply =
        open()
            .api()
            .get(
                target.path()
                    + "/contents/.github/workflows/"
                    + file
                    + "?ref="
                    + java.net.URLEncoder.encode(target.ref(), StandardCharsets.UTF_8),
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

  @Override
  public Step poll(ActionRequest request, JsonNode json) {
    Handle handle = Handle.of(json);
    Optional<Secret> token = open().credentials().token();
    String correlation = handle.correlation();
    Reply reply =
        correlation == null
            ? open().api().get(handle.runPath(), token)
            : open().runs().find(handle, correlation, token);
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
    if (run.isMissingNode()) {
      return later(handle, "the run is not listed yet", Duration.ZERO);
    }
    Handle found = handle.found(run.path("id").longValue(0));
    return new Step.Running(
        found.json(), Duration.ofMillis(200), "Workflow run " + found.run() + " started");
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
        open().runs().outputs(handle, run, token),
        "Workflow run %d completed successfully%n%s".formatted(handle.run(), url));
  }

  /** Asks again later; a run that takes too long is cancelled, so that nobody's waits are two. */
  private Step later(Handle handle, String message, Duration atLeast) {
    Duration age = Duration.between(handle.since(), open().clock().instant());
    if (age.compareTo(open().timeout()) > 0) {
      if (handle.run() != 0) {
        open().api().post(handle.runPath() + "/cancel", null, open().credentials().token());
      }
      return Step.Failed.because(
          "Workflow timed out after %ds".formatted(open().timeout().toSeconds()));
    }
    Handle asked = handle.asked();
    Duration pause = asked.pause(open().interval());
    return new Step.Running(
        asked.json(),
        pause.compareTo(atLeast) > 0 ? pause : atLeast,
        message.isEmpty() ? null : "Waiting for GitHub: " + message);
  }

  @Override
  public Step cancel(ActionRequest request, JsonNode json) {
    Handle handle = Handle.of(json);
    Optional<Secret> token = open().credentials().token();
    if (handle.correlation() != null) {
      return poll(request, json);
    }
    Reply now = open().api().get(handle.runPath(), token);
    if (now instanceof Reply.Ok ok && ok.body().path("status").asString("").equals("completed")) {
      return new Step.Done(
          new Step.Changes(0, 0, 1), null, "Workflow run " + handle.run() + " ended");
    }
    if (now instanceof Reply.Refused refused && refused.status() == 404) {
      return new Step.Done(Step.Changes.NONE, null, "Workflow run " + handle.run() + " is gone");
    }
    if (now instanceof Reply.Ok) {
      open().api().post(handle.runPath() + "/cancel", null, token);
    }
    return later(handle, "", Duration.ZERO);
  }

  @Override
  public Step recover(ActionRequest request) {
    Target target = Target.of(request);
    Optional<Secret> token = open().credentials().token();
    String key = Objects.requireNonNullElse(request.dispatchKey(), "");
    boolean correlates =
        Inputs.choose(target, request.spec(), declared(target, target.workflow(), token), key)
                instanceof Inputs.Choice.Send send
            && send.correlation() != null;
    Handle handle =
        new Handle(target.path(), target.workflow(), 0, key, open().clock().instant(), 0);
    if (correlates
        && open().runs().find(handle, key, token) instanceof Reply.Ok ok
        && !ok.body().isMissingNode()) {
      return located(handle, ok.body());
    }
    return new Step.Unknown(
        "whether the dispatch %s of %s happened is not known; look at its runs, then ask for a reconcile"
            .formatted(key, target.fullName()));
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.client().close();
    }
  }
}
