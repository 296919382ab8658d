// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.IntentExecutor;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import java.util.function.Function;

/** Shows each effect in its trace; runs without one leave none. */
public final class TracedExecutor<I extends Intent> implements IntentExecutor<I> {

  private final IntentExecutor<I> effects;
  private final Tracing tracing;
  private final Function<I, Tracing.Work> describe;

  /**
   * @param effects does them
   * @param describe which trace an effect belongs to, and what it is called there
   */
  public TracedExecutor(
      IntentExecutor<I> effects, Tracing tracing, Function<I, Tracing.Work> describe) {
    this.effects = effects;
    this.tracing = tracing;
    this.describe = describe;
  }

  @Override
  public Outcome execute(I intent, RunContext run) {
    return tracing.trace(
        describe.apply(intent),
        active -> {
          Outcome outcome = effects.execute(intent, run);
          if (outcome instanceof Outcome.Retry(var _, Throwable cause)) {
            active.failed(cause);
          }
          return outcome;
        });
  }
}
