// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import org.jspecify.annotations.Nullable;

/** What an action does to the world, as far as the lifecycle must know. */
public enum EffectKind {
  /** Writes values into objects; the plan lists all of them, git can carry them. */
  VALUES,
  /** Replaces pods, in several steps that are read off the pods themselves. */
  PODS,
  /** Tells somebody outside; nothing in the cluster changes. */
  CALL,
  /** Runs a program, whose result is all that is known of it. */
  COMMAND,
  /** Sends a patch whose outcome only the API server knows. */
  PATCH;

  /** The kind of an action; that of an unknown one is {@link #VALUES}, it is refused elsewhere. */
  public static EffectKind of(@Nullable ActionType type) {
    return switch (type) {
      case RestartPods -> PODS;
      case CallWebhook -> CALL;
      case ExecCommand -> COMMAND;
      case PatchResource -> PATCH;
      case IncreaseMemory,
          ScaleUp,
          RollbackImage,
          CustomScript,
          IncreaseCpu,
          ScaleTo,
          RestartWorkload,
          RunJob,
          Notify,
          RevertChange ->
          VALUES;
      case null -> VALUES;
    };
  }

  /** Whether it changes the target object itself, so that a manager of it would undo that. */
  public boolean changesTarget() {
    return this == VALUES || this == PATCH;
  }

  /** Whether it runs under a ServiceAccount of the target's namespace. */
  public boolean runsAsAccount() {
    return this == COMMAND || this == PATCH;
  }
}
