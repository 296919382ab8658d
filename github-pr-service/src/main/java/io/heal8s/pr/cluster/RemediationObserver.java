// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.cluster;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.OwnWrites;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.Observation;
import io.heal8s.core.runtime.Observer;
import io.heal8s.pr.act.ForgeQuestions;
import io.heal8s.pr.changerequest.PrSnapshot;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Observes one Remediation and, where that is wanted, what its forge says. */
public final class RemediationObserver implements Observer<ObjectKey, PrSnapshot> {

  private final Store<Remediation> store;
  private final OwnWrites ownWrites;
  private final ForgeQuestions questions;
  private final BooleanSupplier leading;

  /**
   * Reads that store and asks those questions.
   *
   * @param leading whether this process acts
   */
  public RemediationObserver(
      Store<Remediation> store,
      OwnWrites ownWrites,
      ForgeQuestions questions,
      BooleanSupplier leading) {
    this.store = store;
    this.ownWrites = ownWrites;
    this.questions = questions;
    this.leading = leading;
  }

  @Override
  public Observation<PrSnapshot> observe(ObjectKey key, RunContext run) {
    Optional<Remediation> cached = store.get(key);
    if (cached.isEmpty()) {
      return new Observation.Absent<>();
    }
    if (ownWrites.behind(key)) {
      return new Observation.Behind<>();
    }
    return new Observation.Seen<>(
        questions.ask(cached.get(), run.now()).leading(leading.getAsBoolean()));
  }
}
