// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.SavedPlan;
import io.heal8s.resource.plugin.state.Workbench;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
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
 * One run of this process, from its beginning in the database to its end there. It says that it
 * lives, hears whether it is still wanted, and ends the program before its lease does: while it
 * counts as alive nobody else begins, and when it no longer does its program no longer runs.
 */
final class LocalRun {

  private static final Logger log = LoggerFactory.getLogger(LocalRun.class);
  private static final String MASKED = "***";
  private static final int BEATS_OF_A_LEASE = 6;

  private final UUID id;
  private final ProgramRun.Operation operation;
  private final Session session;
  private final Credential credential;
  private final ProgramSettings settings;
  private final Workbench bench;
  private final @Nullable SavedPlan plan;
  private final byte[] planFile;
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
  void run() {
    try {
      ProgramRun.Ending ending = carriedOut();
      bench.runs().end(id, ending);
    } catch (RuntimeException e) {
      // Its lease ends, and whoever asks then judges by the lock.
      log.atError().addKeyValue("run", id).setCause(e).log("The end of a run was not recorded");
    } finally {
      ended.countDown();
    }
  }

  private ProgramRun.Ending carriedOut() {
    Said said = session.listen();
    try (Workspace workspace = Workspace.below(settings.work())) {
      workspace.fill(session.inputs());
      if (plan != null) {
        workspace.plan(planFile, plan.dependencyLock());
      }
      Program here =
          session.program(
              workspace, bench.access().address(session.request().resourceId()), credential);
      program = here;
      Thread pulse = Thread.ofVirtual().name("run-" + id).start(() -> watch(here));
      try {
        ProgramRun.Ending ending = carriedOut(here, said);
        return workspace.leftState().isEmpty() ? ending : stored(here, workspace, ending);
      } finally {
        pulse.interrupt();
      }
    } catch (RuntimeException e) {
      return failed(session.masked(String.valueOf(e.getMessage())), said);
    }
  }

  private ProgramRun.Ending carriedOut(Program here, Said said) {
    Said initialised = session.listen();
    if (here.run(initialised, "init", "-input=false", "-no-color") != 0) {
      return failed(reason(initialised), initialised);
    }
    int exit =
        switch (operation) {
          case APPLY -> here.run(said, "apply", "-json", "-input=false", Workspace.PLAN);
          case DESTROY ->
              here.run(said, "apply", "-destroy", "-json", "-input=false", "-auto-approve");
        };
    if (exit != 0) {
      return failed(reason(said), said);
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

  private String reason(Said said) {
    String stopped = whyStopped;
    return stopped == null ? said.trouble() : stopped + ": " + said.trouble();
  }

  private static ProgramRun.Ending failed(String message, Said said) {
    return new ProgramRun.Ending(
        false, true, message, said.text(), said.added(), said.changed(), said.removed(), null);
  }

  /** The outputs by name; one that the module calls sensitive only shows that it is there. */
  private JsonNode outputs(Program here) {
    StringBuilder text = new StringBuilder();
    int exit = here.run(line -> text.append(line).append('\n'), "output", "-json", "-no-color");
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    if (exit != 0) {
      log.atWarn().addKeyValue("run", id).log("The outputs of a run could not be read");
      return outputs;
    }
    try {
      JsonMapper.shared()
          .readTree(text.toString())
          .properties()
          .forEach(each -> outputs.set(each.getKey(), shown(each.getValue())));
    } catch (JacksonException e) {
      log.atWarn().addKeyValue("run", id).log("The outputs of a run are no JSON");
    }
    return JsonMapper.shared().readTree(session.masked(outputs.toString()));
  }

  private static JsonNode shown(JsonNode output) {
    return output.path("sensitive").booleanValue(false)
        ? JsonNodeFactory.instance.stringNode(MASKED)
        : output.path("value");
  }

  private void watch(Program here) {
    long lease = settings.lease().toNanos();
    long begin = System.nanoTime();
    long told = begin;
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(lease / BEATS_OF_A_LEASE);
        long now = System.nanoTime();
        told = beaten(here) ? now : told;
        if (now - told > lease / 2) {
          stop("the database did not answer");
        }
        if (now - told > lease - lease / BEATS_OF_A_LEASE) {
          here.kill();
        }
        if (now - begin > settings.timeout().toNanos()) {
          stop("timed out after " + settings.timeout().toSeconds() + "s");
        }
        if (now - begin > settings.timeout().plus(settings.grace()).toNanos()) {
          here.kill();
        }
      }
    } catch (InterruptedException e) {
      // The run has ended.
    }
  }

  private boolean beaten(Program here) {
    try {
      switch (bench.runs().beat(id, settings.lease())) {
        case GO_ON -> {}
        case STOP -> stop("cancelled");
        case SUPERSEDED -> here.kill();
      }
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Asks it to stop: it ends what it is at and saves its state. */
  void stop(String why) {
    Program here = program;
    if (here != null && !here.wasStopped()) {
      whyStopped = why;
      here.stop();
    }
  }

  /** Waits for its end, no longer than given. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  UUID id() {
    return Objects.requireNonNull(id);
  }
}
