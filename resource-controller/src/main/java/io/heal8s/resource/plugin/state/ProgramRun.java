// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.state;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run of a program that changes things.
 *
 * @param id which
 * @param operation what it does
 * @param alive whether the process that runs it told so lately
 * @param locked whether it has ever locked the state: before that it changes nothing
 * @param released whether it has unlocked the state: after that its state is complete
 * @param age since it began
 * @param ending how it ended; null while it runs, and for ever when its process died
 */
public record ProgramRun(
    UUID id,
    Operation operation,
    boolean alive,
    boolean locked,
    boolean released,
    Duration age,
    @Nullable Ending ending) {

  /** What a run does. */
  public enum Operation {
    APPLY,
    DESTROY
  }

  /**
   * How a run ended.
   *
   * @param success whether all was done
   * @param complete whether the stored state has all that the run did
   * @param message what went wrong; empty after a success
   * @param output text for the history
   * @param created things made
   * @param changed things changed
   * @param removed things removed
   * @param outputs what the program gave, an object; null for nothing new
   */
  public record Ending(
      boolean success,
      boolean complete,
      String message,
      String output,
      int created,
      int changed,
      int removed,
      @Nullable JsonNode outputs) {

    /** Leaves out what it says. */
    @Override
    public String toString() {
      return "Ending[success=" + success + "]";
    }
  }
}
