// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

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

/** Dispatches a workflow for every change and follows its run. Found by the ServiceLoader. */
public final class GithubActionsPlugin implements ActionPlugin {

  private static final String NAME = "github_actions";
  private static final int LONGEST_INPUTS = 16 << 10;
  private @Nullable Parts parts;

  private record Parts(Connection github, Dispatches dispatches, RunWatch watch) {}

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
    Connection github = Connection.open(environment);
    Runs runs = new Runs(github.api());
    parts = new Parts(github, new Dispatches(github, runs), new RunWatch(github, runs));
  }

  private Parts parts() {
    return Objects.requireNonNull(parts, "not opened");
  }

  @Override
  public List<String> validateSpec(ActionRequest request) {
    return Target.complaints(request);
  }

  @Override
  public PlanResult plan(ActionRequest request) {
    Target target = Target.of(request);
    Connection github = parts().github();
    Reply reply =
        github
            .api()
            .get(
                Dispatches.who(request),
                target.path() + "/actions/workflows/" + target.workflow(),
                github.access());
    return switch (reply) {
      case Reply.Ok ok ->
          new PlanResult.Changes(
              "Workflow: %s%nRepository: %s%nRef: %s%nInputs: %s"
                  .formatted(
                      ok.body().path("name").asString(target.workflow()),
                      target.fullName(),
                      target.ref(),
                      shortened(Inputs.wanted(target, request.spec()).toString())));
      case Reply.Refused refused ->
          new PlanResult.Failed(
              "Workflow '%s' not found or inaccessible (%s)"
                  .formatted(target.workflow(), refused.message()));
      case Reply.Limited limited ->
          new PlanResult.Later(limited.pause(), "Waiting for GitHub: " + limited.message());
      case Reply.NotSent none -> new PlanResult.Failed(none.message());
      case Reply.Unsure unsure ->
          new PlanResult.Failed("GitHub does not answer: " + unsure.message());
    };
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_INPUTS ? text.substring(0, LONGEST_INPUTS) + " …" : text;
  }

  @Override
  public Step apply(ActionRequest request) {
    Target target = Target.of(request);
    return parts().dispatches().dispatch(request, target, target.workflow());
  }

  @Override
  public Step destroy(ActionRequest request) {
    Target target = Target.of(request);
    return target.destroyWorkflow() == null
        ? new Step.Done(Step.Changes.NONE, null, "no destroy_workflow; nothing is removed")
        : parts().dispatches().dispatch(request, target, target.destroyWorkflow());
  }

  @Override
  public Step poll(ActionRequest request, JsonNode handle) {
    return parts().watch().poll(Dispatches.who(request), Handle.of(handle));
  }

  @Override
  public Step cancel(ActionRequest request, JsonNode handle) {
    return parts().watch().cancel(Dispatches.who(request), Handle.of(handle));
  }

  @Override
  public Step recover(ActionRequest request) {
    return parts().dispatches().recover(request);
  }

  @Override
  public void close() {
    if (parts != null) {
      parts.github().close();
    }
  }
}
