// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import com.google.gson.JsonArray;
import io.heal8s.core.effect.Answer;
import io.heal8s.operator.act.patch.ChangedObject;
import io.heal8s.operator.target.LiveObject;
import org.jspecify.annotations.Nullable;

/** Changes other people's objects. */
@FunctionalInterface
public interface WorkloadPatcher {

  /**
   * Sends a JSON Patch; a test that does not hold is {@link
   * io.heal8s.core.effect.ApiFailure.Conflict}.
   *
   * @param account ServiceAccount of the object's namespace that sends it, null for the operator's
   *     own
   * @return the object as the server holds it now
   */
  Answer<LiveObject> patch(ChangedObject object, JsonArray operations, @Nullable String account);
}
