// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.resource.model.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is under way outside of a claim; kept in the work row.
 *
 * @param phase how far it is
 * @param operation what is done
 * @param generation that is applied
 * @param trigger why the run began
 * @param drift whether drift was found
 * @param startedAt begin of the run
 * @param key key of the dispatch; empty for a plugin that does not write ahead
 * @param handle of the plugin; null until there is one
 * @param planOutput text of the plan; empty for none
 * @param inputs what is applied
 */
public record RunState(
    Phase phase,
    Operation operation,
    long generation,
    Trigger trigger,
    boolean drift,
    Instant startedAt,
    String key,
    @Nullable JsonNode handle,
    String planOutput,
    RunInputs inputs) {

  /** How far it is. */
  public enum Phase {
    /** Written ahead: it is about to be dispatched, or was, or the process died between. */
    DISPATCHING,
    /** The other side works. */
    RUNNING,
    /** The other side was asked to stop. */
    CANCELLING,
    /** Unsure, and left to a person. */
    HELD
  }

  /** The same run, further. */
  public RunState at(Phase next, @Nullable JsonNode newHandle) {
    return new RunState(
        next, operation, generation, trigger, drift, startedAt, key, newHandle, planOutput, inputs);
  }

  /** The same run, about to be dispatched under a key. */
  RunState dispatchedAs(String newKey) {
    return new RunState(
        Phase.DISPATCHING,
        operation,
        generation,
        trigger,
        drift,
        startedAt,
        newKey,
        null,
        planOutput,
        inputs);
  }

  RunState withPlan(String output) {
    return new RunState(
        phase, operation, generation, trigger, drift, startedAt, key, handle, output, inputs);
  }

  /** The same run, begun because of drift. */
  RunState drifted() {
    return new RunState(
        phase, operation, generation, trigger, true, startedAt, key, handle, planOutput, inputs);
  }
}
