// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Reason;

/** Reasons that the loop itself gives. */
public enum LoopReason implements Reason {
  /** A run threw instead of answering: a bug in this key's feature, tried again. */
  Panicked,
  /** A run was interrupted: it took longer than its overall timeout, or the process stops. */
  RunInterrupted
}
