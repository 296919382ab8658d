// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Decider;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.IntentExecutor;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.decide.Snapshot;
import java.util.Objects;

/** One run: observe → decide → execute → announce. Knows neither the queue nor time. */
record Reconciler<K, S extends Snapshot, I extends Intent>(
    Observer<K, S> observer,
    Decider<S, I> decider,
    IntentExecutor<I> executor,
    Announcer<S> announcer) {

  /** How a run ended. */
  sealed interface Ending {
    record Gone() implements Ending {}

    record Behind() implements Ending {}

    record Ended(Outcome outcome) implements Ending {}
  }

  /** Runs one key; what is thrown, also for a null answer, is a bug of the feature. */
  Ending reconcile(K key, RunContext context) {
    Observation<S> observation =
        Objects.requireNonNull(observer.observe(key, context), "observe answered null");
    return switch (observation) {
      case Observation.Absent<S> _ -> new Ending.Gone();
      case Observation.Behind<S> _ -> new Ending.Behind();
      case Observation.Unreadable<S>(var reason, var cause) ->
          new Ending.Ended(new Outcome.Retry(reason, cause));
      case Observation.Seen<S>(S snapshot) -> new Ending.Ended(act(snapshot, context));
    };
  }

  private Outcome act(S snapshot, RunContext context) {
    Decision<I> decision =
        Objects.requireNonNull(decider.decide(snapshot, context.now()), "decide answered null");
    Outcome outcome = Objects.requireNonNull(decision.outcome(), "decision without outcome");
    boolean allDone = true;
    for (I intent : decision.intents()) {
      if (allDone || intent.standsAlone()) {
        Outcome effect =
            Objects.requireNonNull(executor.execute(intent, context), "execute answered null");
        outcome = Outcomes.worse(effect, outcome);
        allDone &= effect instanceof Outcome.Done;
      }
    }
    if (!allDone) {
      return outcome;
    }
    for (Announcement announcement : decision.events()) {
      announcer.announce(snapshot, announcement);
    }
    return outcome;
  }
}
