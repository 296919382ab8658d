// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import java.math.BigDecimal;
import java.util.SortedMap;

/** What is asked of a target, its parameters read and checked. */
public sealed interface Action {

  /** The type as the API spells it. */
  ActionType type();

  /**
   * Whether the effect is a state of the workload, so that reaching it twice is reaching it once.
   * Only such actions join an older Remediation of the same target.
   */
  boolean repeatsHarmlessly();

  /**
   * Raise the memory limit of one container.
   *
   * @param percent by how much, above 0
   * @param cap no raise goes above it; a limit that is above it already stays as it is
   * @param addLimit whether a container without any limit gets one
   */
  record IncreaseMemory(BigDecimal percent, Cap cap, boolean addLimit) implements Action {

    @Override
    public ActionType type() {
      return ActionType.IncreaseMemory;
    }

    @Override
    public boolean repeatsHarmlessly() {
      return true;
    }
  }

  /**
   * Raise the number of replicas, or the autoscaler's maximum where one owns the replicas.
   *
   * @param percent by how much, above 0; at least one replica
   * @param cap no raise goes above it; a number that is above it already stays as it is
   */
  record ScaleUp(BigDecimal percent, Cap cap) implements Action {

    @Override
    public ActionType type() {
      return ActionType.ScaleUp;
    }

    @Override
    public boolean repeatsHarmlessly() {
      return true;
    }
  }

  /**
   * Go back to the image of an earlier revision.
   *
   * @param maxRevisions how many revisions before the current one are looked at, above 0
   */
  record RollbackImage(int maxRevisions) implements Action {

    @Override
    public ActionType type() {
      return ActionType.RollbackImage;
    }

    @Override
    public boolean repeatsHarmlessly() {
      return true;
    }
  }

  /** Replace all pods of a workload, as {@code kubectl rollout restart} does. */
  record RestartWorkload() implements Action {

    @Override
    public ActionType type() {
      return ActionType.RestartWorkload;
    }

    @Override
    public boolean repeatsHarmlessly() {
      return true;
    }
  }

  /**
   * Set the number of replicas.
   *
   * @param replicas wanted, 0 or more
   */
  record ScaleTo(int replicas) implements Action {

    @Override
    public ActionType type() {
      return ActionType.ScaleTo;
    }

    @Override
    public boolean repeatsHarmlessly() {
      return false;
    }
  }

  /**
   * Evict pods, one after the other; their controllers replace them.
   *
   * @param podSelector labels of the pods; empty for those of the target
   * @param gracePeriod seconds that a pod may take to end, 0 or more
   */
  record RestartPods(SortedMap<String, String> podSelector, int gracePeriod) implements Action {

    @Override
    public ActionType type() {
      return ActionType.RestartPods;
    }

    @Override
    public boolean repeatsHarmlessly() {
      return true;
    }
  }

  /** Send a body to an address, once. */
  record CallWebhook(WebhookCall call) implements Action {

    @Override
    public ActionType type() {
      return ActionType.CallWebhook;
    }

    @Override
    public boolean repeatsHarmlessly() {
      return false;
    }
  }

  /** Run a command in pods, once. */
  record ExecCommand(PodCommand command) implements Action {

    @Override
    public ActionType type() {
      return ActionType.ExecCommand;
    }

    @Override
    public boolean repeatsHarmlessly() {
      return false;
    }
  }

  /** Send a patch of any kind to an object. */
  record PatchResource(ObjectPatchRequest patch) implements Action {

    @Override
    public ActionType type() {
      return ActionType.PatchResource;
    }

    @Override
    public boolean repeatsHarmlessly() {
      return false;
    }
  }

  /**
   * An action that the API knows but this build cannot do; it is Stalled(NotSupportedYet), never
   * ignored.
   */
  record NotBuiltYet(ActionType type) implements Action {

    @Override
    public boolean repeatsHarmlessly() {
      return switch (type) {
        case IncreaseMemory, IncreaseCpu, ScaleUp, RollbackImage, RestartWorkload, RestartPods ->
            true;
        case CustomScript,
            ScaleTo,
            PatchResource,
            CallWebhook,
            ExecCommand,
            RunJob,
            Notify,
            RevertChange ->
            false;
      };
    }
  }
}
