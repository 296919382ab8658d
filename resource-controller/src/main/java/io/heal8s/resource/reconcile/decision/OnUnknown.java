// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

/** What becomes of a dispatch of which nobody can say whether it happened. */
public enum OnUnknown {
  /** Failed, and left alone until a person has looked and asks for a reconcile. */
  HOLD,
  /** Dispatched once more; it may have happened twice then. */
  REDISPATCH
}
