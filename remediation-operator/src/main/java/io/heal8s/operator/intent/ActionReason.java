// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import io.heal8s.core.decide.Reason;

/** Why an action cannot be understood; all of them are reasons of the Stalled condition. */
public enum ActionReason implements Reason {
  /** A parameter is not what the action takes; the message says what to write. */
  InvalidParameter,
  /** The detector's object or the action in it is gone, or another object has its name. */
  ArgumentsGone,
  /** The action in the detector's object is not the one that fired. */
  ArgumentsChanged,
  /** The API knows the action, this build does not. */
  NotSupportedYet,
  /** The object was written by a newer release than this build. */
  UnsupportedValue
}
