// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.BaseFile;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.intent.Proposal;

/**
 * Makes a proposal from the base's file as it is now. The commit will have exactly that base as its
 * parent, so a base that moves on in the meantime loses nothing: git merges, or says conflict.
 */
record Proposing(Manifests manifests, Remediation remediation, Wish wish, LaneJudge judge) {

  Decision<PrIntent> on(BaseFile base) {
    Repository repository = wish.inquiry().repository();
    if (base.content() == null) {
      return judge.blocked(
          PullRequestReason.ManifestNotFound,
          "%s has no file %s on branch %s; correct path or baseBranch in the policy's repositories"
              .formatted(repository.repository(), repository.path(), repository.baseBranch()));
    }
    return switch (manifests.edit(base.content(), wish.wanted())) {
      case EditOutcome.Refused(var reason, int line, String message) ->
          judge.blocked(reason, repository.path() + ":" + line + ": " + message);
      case EditOutcome.Holds(var values) ->
          judge.record(judge.recorder().notYetSynced(base.commit(), values), Outcome.DONE);
      case EditOutcome.Edited edited -> propose(base, edited);
    };
  }

  private Decision<PrIntent> propose(BaseFile base, EditOutcome.Edited edited) {
    Inquiry inquiry = wish.inquiry();
    // What was missing is asked for again: from now on it may be there once more.
    if (judge.recorder().current().of(inquiry.lane()) == null || judge.isMissing()) {
      return judge.record(
          judge.recorder().pending(base.commit()),
          Outcome.waiting(LaneJudge.SOON, WaitReason.IntentRecorded));
    }
    Proposal proposal =
        new Proposal(
            inquiry,
            base.commit(),
            edited.content(),
            new Description(remediation, inquiry, edited.rows()).text(),
            urgency());
    return Decision.of(new PrIntent.Open(remediation, proposal), judge.polling());
  }

  private Proposal.Urgency urgency() {
    Alert alert = remediation.spec().alert();
    if (wish.inquiry().lane() == Lane.REVERT) {
      return Proposal.Urgency.REVERT;
    }
    return switch (alert == null ? null : alert.severity()) {
      case critical -> Proposal.Urgency.CRITICAL;
      case info -> Proposal.Urgency.INFO;
      case warning -> Proposal.Urgency.WARNING;
      case null -> Proposal.Urgency.WARNING;
    };
  }
}
