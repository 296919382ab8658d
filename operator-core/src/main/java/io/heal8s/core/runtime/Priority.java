// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

/** How soon a key should be taken when many wait. */
public enum Priority {
  /** Something changed: in front of everything in the background. */
  NORMAL,
  /** The first list, a resync: waits for normal keys, but only for the queue's ageing time. */
  BACKGROUND;

  Priority orMoreUrgent(Priority other) {
    return ordinal() <= other.ordinal() ? this : other;
  }
}
