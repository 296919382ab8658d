// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Starts a pipeline for every change and follows it. Found by the ServiceLoader. */
public final class GitlabPipelinesPlugin implements ActionPlugin {

  private @Nullable OutboundHttpClient client;
  private @Nullable Pipelines pipelines;

  /** Made by the ServiceLoader. */
  public GitlabPipelinesPlugin() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo("gitlab_pipelines", "1.0.0", API_VERSION);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.CANCEL, Capability.WRITE_AHEAD);
  }

  @Override
  public void open(PluginEnvironment environment) {
    GitlabSettings settings = GitlabSettings.read(environment.settings());
    OutboundHttpClient opened = new OutboundHttpClient(settings.outbound());
    client = opened;
    pipelines = new Pipelines(new GitlabApi(settings, opened), settings, environment.time());
  }

  private Pipelines pipelines() {
    return Objects.requireNonNull(pipelines, "not opened");
  }

  @Override
  public List<String> validateSpec(ActionRequest request) {
    return Target.complaints(request);
  }

  @Override
  public PlanResult plan(ActionRequest request) {
    Target target = Target.of(request);
    return new PlanResult.Changes("Project: %s%nRef: %s".formatted(target.project(), target.ref()));
  }

  @Override
  public List<String> validateChange(ActionRequest now, ActionRequest wanted) {
    return Target.complaints(now, wanted);
  }

  @Override
  public Step apply(ActionRequest request) {
    return pipelines().start(request, Target.of(request), "apply");
  }

  @Override
  public Step destroy(ActionRequest request) {
    Target target = Target.of(request);
    return target.destroys()
        ? pipelines().start(request, target, "destroy")
        : new Step.Done(Step.Changes.NONE, null, "destroy is not true; nothing is removed");
  }

  @Override
  public Step poll(ActionRequest request, JsonNode handle) {
    return pipelines().poll(Handle.of(handle));
  }

  @Override
  public Step cancel(ActionRequest request, JsonNode handle) {
    return pipelines().cancel(Handle.of(handle));
  }

  @Override
  public Step recover(ActionRequest request) {
    return pipelines().recover(request, Target.of(request));
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
