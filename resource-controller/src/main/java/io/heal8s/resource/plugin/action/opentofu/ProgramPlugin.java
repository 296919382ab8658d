// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginHealth;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.ProgramRuns;
import io.heal8s.resource.plugin.state.SavedPlan;
import io.heal8s.resource.plugin.state.Workbench;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What OpenTofu and Terraform have in common here: all but their name. */
abstract sealed class ProgramPlugin implements ActionPlugin
    permits OpentofuPlugin, TerraformPlugin {

  private static final Duration BUSY = Duration.ofSeconds(10);
  private static final byte[] NO_PLAN = {};

  private final String name;
  private final String program;
  private final SecureRandom random = new SecureRandom();
  private final LocalRuns local = new LocalRuns();
  private @Nullable Parts parts;
  private volatile boolean closed;

  /**
   * @param name of the plugin
   * @param program file name of the program
   */
  ProgramPlugin(String name, String program) {
    this.name = name;
    this.program = program;
  }

  private record Parts(
      PluginEnvironment environment, ProgramSettings settings, Workbench bench, Planner planner) {}

  private Parts parts() {
    return Objects.requireNonNull(parts, "open comes first");
  }

  @Override
  public PluginInfo info() {
    return new PluginInfo(name, "1.0.0", API_VERSION);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DRIFT, Capability.CANCEL, Capability.WRITE_AHEAD);
  }

  @Override
  public void open(PluginEnvironment environment) {
    ProgramSettings settings = ProgramSettings.read(name, program, environment.settings());
    Workbench bench =
        environment
            .workbench()
            .orElseThrow(
                () -> new IllegalArgumentException("the plugin " + name + " needs a database"));
    Planner planner = new Planner(bench, settings, environment.time(), UUID::randomUUID);
    parts = new Parts(environment, settings, bench, planner);
  }

  @Override
  public List<String> validateSpec(ActionRequest request) {
    try {
      Definition.of(request, name, parts().settings().resourceFiles());
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private Session session(ActionRequest request) {
    return Session.of(request, name, parts().settings(), parts().environment()::secret);
  }

  @Override
  public PlanResult plan(ActionRequest request) {
    try {
      return parts().planner().plan(session(request));
    } catch (IllegalArgumentException e) {
      return new PlanResult.Failed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public DriftResult detectDrift(ActionRequest request) {
    return switch (plan(request)) {
      case PlanResult.NoChanges(String _) -> new DriftResult.InSync();
      case PlanResult.Changes(String text) -> new DriftResult.Drifted(text);
      case PlanResult.Failed(String message) -> new DriftResult.Unclear(message);
    };
  }

  @Override
  public Step apply(ActionRequest request) {
    Optional<SavedPlan> plan =
        parts()
            .bench()
            .plans()
            .find(request.resourceId())
            .filter(each -> each.generation() == request.generation());
    Optional<byte[]> file = plan.flatMap(parts().bench().plans()::file);
    return file.isEmpty()
        ? Step.Failed.because("the plan is no longer there; it is made anew")
        : begun(request, ProgramRun.Operation.APPLY, plan.get(), file.get());
  }

  @Override
  public Step destroy(ActionRequest request) {
    return parts().bench().access().position(request.resourceId()).objects() == 0
        ? new Step.Done(Step.Changes.NONE, null, "the state is empty: there is nothing to remove")
        : begun(request, ProgramRun.Operation.DESTROY, null, NO_PLAN);
  }

  private Step begun(
      ActionRequest request,
      ProgramRun.Operation operation,
      @Nullable SavedPlan plan,
      byte[] planFile) {
    if (closed) {
      return new Step.Failed("the service ends; it is done again", "", BUSY);
    }
    Session session;
    try {
      session = session(request);
    } catch (IllegalArgumentException e) {
      return Step.Failed.because(String.valueOf(e.getMessage()));
    }
    UUID id = UUID.randomUUID();
    byte[] password = new byte[32];
    random.nextBytes(password);
    Credential credential = new Credential(id.toString(), HexFormat.of().formatHex(password));
    ProgramRuns.Beginning beginning =
        new ProgramRuns.Beginning(
            id,
            request.resourceId(),
            Objects.requireNonNull(request.dispatchKey()),
            operation,
            credential,
            parts().settings().lease(),
            plan == null ? null : plan.id());
    if (!parts().bench().runs().begin(beginning)) {
      return new Step.Failed("another run of it has not ended", "", BUSY);
    }
    local.start(
        new LocalRun(
            id,
            operation,
            session,
            credential,
            parts().settings(),
            parts().bench(),
            plan,
            planFile));
    return running(id, Duration.ZERO);
  }

  /** Often at first, for many runs take seconds. */
  private static Step running(UUID id, Duration age) {
    Duration pause =
        age.toSeconds() < 5
            ? Duration.ofMillis(500)
            : age.toSeconds() < 60 ? Duration.ofSeconds(2) : Duration.ofSeconds(5);
    return new Step.Running(
        JsonNodeFactory.instance.objectNode().put("run", id.toString()), pause, null);
  }

  @Override
  public Step poll(ActionRequest request, JsonNode handle) {
    UUID id = UUID.fromString(handle.path("run").asString(""));
    return parts()
        .bench()
        .runs()
        .find(id)
        .map(run -> RunJudgement.of(run).orElseGet(() -> running(run.id(), run.age())))
        .orElseGet(() -> new Step.Unknown("the run " + id + " was followed by another one"));
  }

  @Override
  public Step cancel(ActionRequest request, JsonNode handle) {
    UUID id = UUID.fromString(handle.path("run").asString(""));
    parts().bench().runs().askToStop(id);
    local.stop(id, "cancelled");
    return poll(request, handle);
  }

  @Override
  public Step recover(ActionRequest request) {
    return parts()
        .bench()
        .runs()
        .ofDispatch(Objects.requireNonNull(request.dispatchKey()))
        .<Step>map(run -> running(run.id(), Duration.ZERO))
        .orElseGet(() -> Step.Failed.because("it was never begun"));
  }

  @Override
  public PluginHealth health() {
    return parts().settings().binary() == null
        ? new PluginHealth(false, "the program is not there: set binary of the plugin " + name)
        : PluginHealth.ok();
  }

  @Override
  public void stopping() {
    closed = true;
    local.close();
  }

  @Override
  public void close() {
    closed = true;
    if (parts != null) {
      parts.planner().close();
    }
    local.close();
  }
}
