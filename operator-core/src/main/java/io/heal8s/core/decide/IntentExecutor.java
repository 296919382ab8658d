// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

/**
 * The only writer of a feature. Executing the same intent twice has the effect of executing it
 * once.
 *
 * @param <I> sealed intents of the feature; implementations switch over them without default
 */
@FunctionalInterface
public interface IntentExecutor<I extends Intent> {

  /**
   * Does one effect.
   *
   * @return how it ended; an expected failure is an outcome, an exception is a bug
   */
  Outcome execute(I intent, RunContext run);
}
