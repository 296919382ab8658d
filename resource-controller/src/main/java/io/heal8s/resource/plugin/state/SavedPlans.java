// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.state;

import java.util.Optional;

/** Plans that were made and not yet applied: at most one for a resource. */
public interface SavedPlans {

  /** Keeps a plan in place of an earlier one; the file is the program's own. */
  void save(SavedPlan plan, byte[] file);

  /** The plan that waits. */
  Optional<SavedPlan> find(long resourceId);

  /** Its file; empty when it is no longer the one that waits. */
  Optional<byte[]> file(SavedPlan plan);
}
