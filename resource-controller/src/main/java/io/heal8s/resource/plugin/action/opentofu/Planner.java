// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.core.decide.naming.StableHash;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.SavedPlan;
import io.heal8s.resource.plugin.state.StateAccess;
import io.heal8s.resource.plugin.state.StatePosition;
import io.heal8s.resource.plugin.state.Workbench;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Makes plans, and keeps the one that is to be applied. */
final class Planner implements AutoCloseable {

  private static final int DIGITS = 64;
  private static final int CHANGES = 2;
  private static final int LARGEST_PLAN = 32 << 20;

  private final Workbench bench;
  private final ProgramSettings settings;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Set<Program> atWork = ConcurrentHashMap.newKeySet();

  Planner(Workbench bench, ProgramSettings settings, InstantSource clock, Supplier<UUID> ids) {
    this.bench = bench;
    this.settings = settings;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * The plan that waits if nothing has changed since it was made, else a new one. Its text has a
   * name that no other plan has: who approves the text approves this plan and no other.
   */
  PlanResult plan(Session session) {
    long resource = session.request().resourceId();
    StatePosition position = bench.access().position(resource);
    String inputs = digest(session);
    Optional<SavedPlan> waiting =
        bench.plans().find(resource).filter(plan -> isGood(plan, session, inputs, position));
    return waiting
        .<PlanResult>map(plan -> new PlanResult.Changes(plan.text()))
        .orElseGet(() -> made(session, inputs, position));
  }

  private boolean isGood(SavedPlan plan, Session session, String inputs, StatePosition position) {
    Duration age = Duration.between(plan.madeAt(), clock.instant());
    return plan.generation() == session.request().generation()
        && plan.inputs().equals(inputs)
        && plan.position().equals(position)
        && age.compareTo(settings.planLifetime()) < 0;
  }

  private static String digest(Session session) {
    StableHash hash = new StableHash();
    session.inputs().files().forEach((name, text) -> hash.text(name).text(text));
    return hash.text(session.inputs().variables().toString()).hex(DIGITS);
  }

  private PlanResult made(Session session, String inputs, StatePosition position) {
    long resource = session.request().resourceId();
    try (Workspace workspace = Workspace.below(settings.work());
        StateAccess.Reading reading = bench.access().read(resource)) {
      LeftWorkspaces.remove(settings.work(), clock.instant());
      workspace.fill(session.inputs());
      Program program =
          session.program(workspace, bench.access().address(resource), reading.credential());
      atWork.add(program);
      try {
        return made(session, inputs, position, workspace, program);
      } finally {
        atWork.remove(program);
      }
    }
  }

  private PlanResult made(
      Session session,
      String inputs,
      StatePosition position,
      Workspace workspace,
      Program program) {
    Said said = session.listen();
    if (program.run(said, "init", "-input=false", "-no-color") != 0) {
      return failed(program, said);
    }
    Said planned = session.listen();
    int exit =
        program.run(
            planned,
            "plan",
            "-json",
            "-input=false",
            "-lock=false",
            "-detailed-exitcode",
            "-out=" + Workspace.PLAN);
    if (exit == 0 && isTold(session.request().resourceId())) {
      return new PlanResult.NoChanges(planned.text());
    }
    return exit == CHANGES || exit == 0
        ? kept(session, inputs, position, workspace, program)
        : failed(program, planned);
  }

  /** Otherwise a plan of nothing is applied, too: the outputs of the last run are not known. */
  private boolean isTold(long resource) {
    return bench
        .runs()
        .newest(resource)
        .map(ProgramRun::ending)
        .map(ending -> ending.success() && ending.outputs() != null)
        .orElse(bench.runs().newest(resource).isEmpty());
  }

  private PlanResult kept(
      Session session,
      String inputs,
      StatePosition position,
      Workspace workspace,
      Program program) {
    Said shown = session.listen();
    if (program.run(shown, "show", "-no-color", Workspace.PLAN) != 0) {
      return failed(program, shown);
    }
    if (workspace.planSize() > LARGEST_PLAN) {
      return new PlanResult.Failed("the plan is larger than 32 MiB: divide the module");
    }
    String id = ids.get().toString();
    String text = "Saved plan " + id + "\n" + shown.text();
    bench
        .plans()
        .save(
            new SavedPlan(
                session.request().resourceId(),
                id,
                session.request().generation(),
                inputs,
                position,
                workspace.dependencyLock(),
                text,
                clock.instant()),
            workspace.plan());
    return new PlanResult.Changes(text);
  }

  /** Ends what is being planned: nobody will ask for it. */
  @Override
  public void close() {
    atWork.forEach(program -> program.kill("the service ended"));
  }

  private static PlanResult failed(Program program, Said said) {
    return new PlanResult.Failed(program.trouble(said));
  }
}
