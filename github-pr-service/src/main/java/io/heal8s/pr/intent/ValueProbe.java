// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the values at a plan's paths from any version of its file. Pure. */
public interface ValueProbe {

  /**
   * The values, one for each path of the plan and in that order; null when the file does not hold
   * the object or cannot be read.
   */
  @Nullable List<MergedValue> read(FileContent file);

  /** Whether two readings mean the same: amounts are compared as amounts, not as text. */
  boolean same(List<MergedValue> one, List<MergedValue> other);
}
