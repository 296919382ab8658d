// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.IntentExecutor;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.pr.changerequest.PrDecider;
import io.heal8s.pr.forge.Forges;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.OwnedStatus;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;

/**
 * Executes what was decided: the only writer to forges and to our fields of status. An effect at a
 * forge is recorded in the same run; if that is not possible, the next run finds it there.
 */
public final class PrExecutor implements IntentExecutor<PrIntent> {

  private final Forges forges;
  private final StatusSink statuses;
  private final PrDecider decider;
  private final Teller teller;
  private final PrMetrics metrics;

  /** Writes there. */
  public PrExecutor(
      Forges forges, StatusSink statuses, PrDecider decider, Teller teller, PrMetrics metrics) {
    this.forges = forges;
    this.statuses = statuses;
    this.decider = decider;
    this.teller = teller;
    this.metrics = metrics;
  }

  @Override
  public Outcome execute(PrIntent intent, RunContext run) {
    return switch (intent) {
      case PrIntent.Record(Remediation remediation, OwnedStatus status) ->
          statuses.write(remediation, status);
      case PrIntent.Open open -> {
        Inquiry inquiry = open.proposal().inquiry();
        Reply<Sighting> reply =
            forges.of(inquiry.repository().forge()).then(f -> f.open(open.proposal()));
        if (reply instanceof Reply.Known<Sighting>(Sighting.Open _)) {
          metrics.opened(open.remediation(), inquiry, run.now());
        }
        yield conclude(open.remediation(), decider.opened(open, reply, run.now()), run);
      }
      case PrIntent.Withdraw withdraw -> {
        Inquiry inquiry = withdraw.inquiry();
        Reply<Sighting> reply =
            forges.of(inquiry.repository().forge()).then(f -> f.withdraw(inquiry, withdraw.why()));
        yield conclude(withdraw.remediation(), decider.withdrawn(withdraw, reply, run.now()), run);
      }
    };
  }

  private Outcome conclude(Remediation about, Decision<PrIntent> decision, RunContext run) {
    for (PrIntent record : decision.intents()) {
      Outcome written = execute(record, run);
      if (!(written instanceof Outcome.Done)) {
        return written;
      }
    }
    decision.events().forEach(event -> teller.tell(about, event));
    return decision.outcome();
  }
}
