// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

/** Everything that heal8s can do to a target. Spelled as on the wire. */
public enum ActionType {
  IncreaseMemory,
  ScaleUp,
  RollbackImage,
  CustomScript,
  IncreaseCpu,
  ScaleTo,
  RestartWorkload,
  RestartPods,
  PatchResource,
  CallWebhook,
  ExecCommand,
  RunJob,
  Notify,
  RevertChange
}
