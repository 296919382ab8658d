// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

/** What an account may do. */
public enum Access {
  /** Sees no private repository: everything is 404. */
  NONE,
  /** Reads. */
  READ,
  /** Reads, pushes, opens and merges. */
  WRITE
}
