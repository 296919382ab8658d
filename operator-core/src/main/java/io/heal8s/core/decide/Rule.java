// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.time.Instant;
import java.util.Optional;

/**
 * One small named judgement.
 *
 * @param <S> what it looks at
 */
@FunctionalInterface
public interface Rule<S> {

  /** A verdict when the rule is broken, empty when it holds. */
  Optional<Verdict> judge(S snapshot, Instant now);
}
