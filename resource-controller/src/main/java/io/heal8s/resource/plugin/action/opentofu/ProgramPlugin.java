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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What OpenTofu and Terraform have in common here: all but their name. */
abstract sealed class ProgramPlugin implements ActionPlugin
    permits OpentofuPlugin, TerraformPlugin {

  private static final Duration BUSY = Duration.ofSeconds(10);
  private static final byte[] NO_PLAN = {};
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final String name;
  private final String program;
  private final SecureRandom random = new SecureRandom();
  private @Nullable Parts parts;
  private final CountDownLatch gone = new CountDownLatch(1);
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
      PluginEnvironment environment,
      ProgramSettings settings,
      Workbench bench,
      Planner planner,
      LocalRuns local,
      RunQuestions questions) {}

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
    LocalRuns local = new LocalRuns(settings.maxRuns());
    parts =
        new Parts(
            environment, settings, bench, planner, local, new RunQuestions(bench.runs(), local));
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
      case PlanResult.Later(var _, String message) -> new DriftResult.Unclear(message);
    };
  }

  @Override
  public Step apply(ActionRequest request) {
    Optional<SavedPlan> plan =
        parts()
            .bench()
            .plans()
            .find(request.resourceId())
            .filter(each -> each.generation() == request.generation())
            // Another process may have made another one since.
            .filter(each -> each.text().equals(request.plan()));
    Optional<byte[]> file = plan.flatMap(parts().bench().plans()::file);
    return file.isEmpty()
        ? Step.Failed.because("the plan is no longer there; it is made anew")
        : begun(request, ProgramRun.Operation.APPLY, plan.get(), file.get());
  }

  @Override
  public Step destroy(ActionRequest request) {
    Optional<Step> unsure =
        parts()
            .bench()
            .runs()
            .newest(request.resourceId())
            .flatMap(run -> RunJudgement.of(run).filter(step -> isNews(run, step)));
    if (unsure.isPresent()) {
      return unsure.get();
    }
    return parts().bench().access().position(request.resourceId()).objects() == 0
        ? new Step.Done(Step.Changes.NONE, null, "the state is empty: there is nothing to remove")
        : begun(request, ProgramRun.Operation.DESTROY, null, NO_PLAN);
  }

  /**
   * What an unsure run made is found by nobody once the resource is gone: a person hears it once.
   */
  private boolean isNews(ProgramRun run, Step step) {
    return step instanceof Step.Unknown && parts().bench().runs().tell(run.id());
  }

  private Step begun(
      ActionRequest request,
      ProgramRun.Operation operation,
      @Nullable SavedPlan plan,
      byte[] planFile) {
    if (closed) {
      awaitTheEnd();
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
    parts()
        .local()
        .start(
            new LocalRun(
                id,
                operation,
                session,
                credential,
                parts().settings(),
                parts().bench(),
                plan,
                planFile));
    return RunQuestions.running(id, Duration.ZERO);
  }

  /** The engine gives up what is at work when it ends, and another process takes it up. */
  private void awaitTheEnd() {
    try {
      gone.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("the service ended");
  }

  @Override
  public Step poll(ActionRequest request, JsonNode handle) {
    return parts().questions().poll(handle);
  }

  @Override
  public Step cancel(ActionRequest request, JsonNode handle) {
    return parts().questions().cancel(handle);
  }

  @Override
  public Step recover(ActionRequest request) {
    return parts().questions().recover(Objects.requireNonNull(request.dispatchKey()));
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
    if (parts != null) {
      parts.local().close();
    }
  }

  @Override
  public void close() {
    closed = true;
    gone.countDown();
    if (parts != null) {
      parts.planner().close();
      parts.local().close();
    }
  }
}
