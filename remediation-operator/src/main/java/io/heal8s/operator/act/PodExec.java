// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.operator.intent.PodCommand;

/** Runs commands in pods. */
@FunctionalInterface
public interface PodExec {

  /**
   * Runs a command in one pod, as a ServiceAccount of its namespace; blocks for at most the
   * command's timeout.
   */
  Result run(String namespace, String pod, String container, String account, PodCommand command);

  /** What came of it. */
  sealed interface Result {

    /**
     * It ended.
     *
     * @param code exit code
     * @param output the end of what it wrote, both streams, bounded
     */
    record Exited(int code, String output) implements Result {}

    /** It was not begun, and will not be until somebody changes something. */
    record Refused(String message) implements Result {}

    /** It was not begun; it may work later. */
    record NotBegun(String message) implements Result {}

    /** It was begun and its end was not seen: the time was over, or the connection broke. */
    record Lost(String message) implements Result {}
  }
}
