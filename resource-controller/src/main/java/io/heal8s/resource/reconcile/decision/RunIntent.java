// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.core.decide.Intent;

/** The next thing that a run does. */
public sealed interface RunIntent extends Intent {

  /**
   * Ask the plugin. Nothing is written and no transaction is open meanwhile.
   *
   * @param call which question
   * @param state what is under way; for its handle and key
   */
  record Ask(Call call, RunState state) implements RunIntent {}

  /**
   * Write down durably that a dispatch is about to happen, then go on.
   *
   * @param state with its key, in phase {@link RunState.Phase#DISPATCHING}
   */
  record WriteAhead(RunState state) implements RunIntent {}

  /** End the claim. */
  record End(Completion completion) implements RunIntent {}

  /** Questions to an action plugin. */
  enum Call {
    PLAN,
    DETECT_DRIFT,
    APPLY,
    DESTROY,
    POLL,
    CANCEL,
    RECOVER
  }
}
