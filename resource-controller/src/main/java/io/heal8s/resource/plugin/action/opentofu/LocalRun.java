// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.SavedPlan;
import io.heal8s.resource.plugin.state.Workbench;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run of this process, from its beginning in the database to its end there. It waits for a
 * place among the others, and its end is told again and again until it is heard.
 */
final class LocalRun {

  private static final Logger log = LoggerFactory.getLogger(LocalRun.class);
  private static final String MASKED = "***";
  private static final int MOST_TRIES = 600;

  private final UUID id;
  private final ProgramRun.Operation operation;
  private final Session session;
  private final Credential credential;
  private final ProgramSettings settings;
  private final Workbench bench;
  private final @Nullable SavedPlan plan;
  private byte[] planFile;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Program program;
  private volatile @Nullable String whyStopped;

  /**
   * @param plan what is applied; null for a destroy
   * @param planFile file of it; empty for a destroy
   */
  LocalRun(
      UUID id,
      ProgramRun.Operation operation,
      Session session,
      Credential credential,
      ProgramSettings settings,
      Workbench bench,
      @Nullable SavedPlan plan,
      byte[] planFile) {
    this.id = id;
    this.operation = operation;
    this.session = session;
    this.credential = credential;
    this.settings = settings;
    this.bench = bench;
    this.plan = plan;
    this.planFile = planFile;
  }

  /** Runs to the end, on the thread that calls. */
  void run(Semaphore places) {
    try (Pulse pulse = new Pulse(bench.runs(), id, settings.lease(), this::stop, this::kill)) {
      tell(carriedOut(places));
    } catch (RuntimeException e) {
      // Its lease ends, and whoever asks then judges by the lock.
      log.atError().addKeyValue("run", id).setCause(e).log("The end of a run was not recorded");
    } finally {
      ended.countDown();
    }
  }

  /** The database may be away for a moment, and what a run gave is told only here. */
  private void tell(ProgramRun.Ending ending) {
    for (int attempt = 1; ; attempt++) {
      try {
        bench.runs().end(id, ending);
        return;
      } catch (RuntimeException e) {
        if (attempt == MOST_TRIES || !pause()) {
          throw e;
        }
      }
    }
  }

  private boolean pause() {
    try {
      return !ended.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ProgramRun.Ending carriedOut(Semaphore places) {
    Said said = session.listen();
    try (Workspace workspace = Workspace.below(settings.work())) {
      workspace.fill(session.inputs());
      if (plan != null) {
        workspace.plan(planFile, plan.dependencyLock());
        // It may wait for long, and need not do so in memory.
        planFile = new byte[0];
      }
      places.acquire();
      try {
        return inPlace(workspace, said);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("the service ended", said);
    } catch (RuntimeException e) {
      return failed(session.masked(String.valueOf(e.getMessage())), said);
    }
  }

  private ProgramRun.Ending inPlace(Workspace workspace, Said said) {
    Program here =
        session.program(
            workspace, bench.access().address(session.request().resourceId()), credential);
    program = here;
    String early = whyStopped;
    if (early != null) {
      here.stop(early);
    }
    ProgramRun.Ending ending = carriedOut(here, said);
    return workspace.leftState().isEmpty() ? ending : stored(here, workspace, ending);
  }

  private ProgramRun.Ending carriedOut(Program here, Said said) {
    Said initialised = session.listen();
    if (here.run(initialised, "init", "-input=false", "-no-color") != 0) {
      return failed(here.trouble(initialised), initialised);
    }
    int exit =
        switch (operation) {
          case APPLY -> here.run(said, "apply", "-json", "-input=false", Workspace.PLAN);
          case DESTROY ->
              here.run(said, "apply", "-destroy", "-json", "-input=false", "-auto-approve");
        };
    if (exit != 0) {
      return failed(here.trouble(said), said);
    }
    return new ProgramRun.Ending(
        true,
        true,
        "",
        said.text(),
        said.added(),
        said.changed(),
        said.removed(),
        operation == ProgramRun.Operation.APPLY ? outputs(here) : null);
  }

  /** Tries once more to store a state that could not be; else it is kept for a person. */
  private ProgramRun.Ending stored(Program here, Workspace workspace, ProgramRun.Ending ending) {
    Said said = session.listen();
    if (here.runAnyway(said, "state", "push", Workspace.LEFT_STATE) == 0) {
      return ending;
    }
    workspace.keep();
    return new ProgramRun.Ending(
        false,
        false,
        "the state could not be stored, it is in %s: %s"
            .formatted(workspace.code().resolve(Workspace.LEFT_STATE), ending.message()),
        ending.output(),
        ending.created(),
        ending.changed(),
        ending.removed(),
        null);
  }

  private static ProgramRun.Ending failed(String message, Said said) {
    return new ProgramRun.Ending(
        false, true, message, said.text(), said.added(), said.changed(), said.removed(), null);
  }

  /**
   * The outputs by name; one that the module calls sensitive only shows that it is there.
   *
   * @return null when they cannot be read: then a later plan is applied to read them
   */
  private @Nullable JsonNode outputs(Program here) {
    StringBuilder text = new StringBuilder();
    int exit =
        here.runAnyway(line -> text.append(line).append('\n'), "output", "-json", "-no-color");
    try {
      if (exit == 0) {
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        JsonMapper.shared()
            .readTree(text.toString())
            .properties()
            .forEach(each -> outputs.set(each.getKey(), shown(each.getValue())));
        return session.masked(outputs);
      }
    } catch (JacksonException e) {
      // Said below.
    }
    log.atWarn().addKeyValue("run", id).log("The outputs of a run could not be read");
    return null;
  }

  private static JsonNode shown(JsonNode output) {
    return output.path("sensitive").booleanValue(false)
        ? JsonNodeFactory.instance.stringNode(MASKED)
        : output.path("value");
  }

  /** Asks it to stop: it ends what it is at and saves its state. */
  void stop(String why) {
    if (whyStopped == null) {
      whyStopped = why;
    }
    Program here = program;
    if (here != null) {
      here.stop(why);
    }
  }

  private void kill(String why) {
    whyStopped = why;
    Program here = program;
    if (here != null) {
      here.kill(why);
    }
  }

  /** Waits for its end, no longer than given. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  UUID id() {
    return id;
  }
}
