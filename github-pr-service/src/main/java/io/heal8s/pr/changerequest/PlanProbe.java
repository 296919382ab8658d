// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.pr.intent.FileContent;
import io.heal8s.pr.intent.ValueProbe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a plan is about from versions of its file. */
record PlanProbe(Manifests manifests, Manifests.Wanted wanted) implements ValueProbe {

  @Override
  public @Nullable List<MergedValue> read(FileContent file) {
    return manifests.read(file, wanted);
  }

  @Override
  public boolean same(List<MergedValue> one, List<MergedValue> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!manifests.same(one.get(i).value(), other.get(i).value())) {
        return false;
      }
    }
    return true;
  }
}
