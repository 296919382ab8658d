// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.decide.Reason;

/** How effects end that did not do what was wanted. */
enum ActReason implements Reason {
  /** Something moved since it was read; read again. */
  Conflict,
  /** A read failed. */
  ReadFailed,
  /** A write failed. */
  WriteFailed,
  /** As many calls and commands are under way as may be at once. */
  AllBusy,
  /** The budget was used up by another target in the same moment. */
  BudgetExhausted
}
