// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;

/** What came of an intent. */
public sealed interface RunAnswer {

  record Planned(PlanResult plan) implements RunAnswer {}

  record Compared(DriftResult drift) implements RunAnswer {}

  record Stepped(RunIntent.Call call, Step step) implements RunAnswer {}

  record WrittenAhead() implements RunAnswer {}
}
