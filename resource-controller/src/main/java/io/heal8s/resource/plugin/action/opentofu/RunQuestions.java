// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.ProgramRuns;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks how far a run has come, from any process. Where the database does not answer the run goes on
 * and only the question got lost: that is no failure of the run.
 */
final class RunQuestions {

  private static final Duration LOST_QUESTION = Duration.ofSeconds(10);
  private static final String RUN = "run";
  private static final String DISPATCH = "dispatch";
  private static final String ENDING = "ending";

  private final ProgramRuns runs;
  private final LocalRuns local;

  RunQuestions(ProgramRuns runs, LocalRuns local) {
    this.runs = runs;
    this.local = local;
  }

  /** A run that is under way; asked for often at first, for many take seconds. */
  static Step running(UUID id, Duration age) {
    Duration pause =
        age.toSeconds() < 5
            ? Duration.ofMillis(500)
            : age.toSeconds() < 60 ? Duration.ofSeconds(2) : Duration.ofSeconds(5);
    return new Step.Running(
        JsonNodeFactory.instance.objectNode().put(RUN, id.toString()), pause, null);
  }

  Step poll(JsonNode handle) {
    if (handle.path(ENDING).booleanValue(false)) {
      return cancel(handle);
    }
    try {
      return asked(handle);
    } catch (RuntimeException e) {
      return new Step.Running(handle, LOST_QUESTION, null);
    }
  }

  private Step asked(JsonNode handle) {
    if (handle.has(DISPATCH)) {
      return runs.ofDispatch(handle.path(DISPATCH).asString(""))
          .map(RunQuestions::judged)
          .orElseGet(() -> Step.Failed.because("the run was never begun; it is begun again"));
    }
    UUID id = UUID.fromString(handle.path(RUN).asString(""));
    return runs.find(id)
        .map(RunQuestions::judged)
        .orElseGet(() -> new Step.Unknown("the run " + id + " was followed by another one"));
  }

  private static Step judged(ProgramRun run) {
    return RunJudgement.of(run).orElseGet(() -> running(run.id(), run.age()));
  }

  /** Until the wish is recorded, every further question asks for it again. */
  Step cancel(JsonNode handle) {
    try {
      runOf(handle)
          .ifPresent(
              id -> {
                local.stop(id, "cancelled");
                runs.askToStop(id);
              });
      return asked(handle);
    } catch (RuntimeException e) {
      return new Step.Running(
          ((ObjectNode) handle.deepCopy()).put(ENDING, true), LOST_QUESTION, null);
    }
  }

  private Optional<UUID> runOf(JsonNode handle) {
    return handle.has(DISPATCH)
        ? runs.ofDispatch(handle.path(DISPATCH).asString("")).map(ProgramRun::id)
        : Optional.of(UUID.fromString(handle.path(RUN).asString("")));
  }

  Step recover(String key) {
    try {
      return runs.ofDispatch(key)
          .<Step>map(run -> running(run.id(), Duration.ZERO))
          .orElseGet(() -> Step.Failed.because("it was never begun"));
    } catch (RuntimeException e) {
      return new Step.Running(
          JsonNodeFactory.instance.objectNode().put(DISPATCH, key), LOST_QUESTION, null);
    }
  }
}
