// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.effect.Answer;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.target.LiveObject;

/** Sends patches that somebody wrote, as a ServiceAccount of the object's namespace. */
@FunctionalInterface
public interface ObjectPatcher {

  /**
   * Sends a patch once; {@link io.heal8s.core.effect.ApiFailure.Conflict} if the object was written
   * to since it was read.
   *
   * @param key written into an annotation in the same step, by which the patch is found again
   */
  Answer<LiveObject> patch(Effect.Patch patch, String key);
}
