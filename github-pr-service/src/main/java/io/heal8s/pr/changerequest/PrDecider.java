// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Decider;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.changerequest.PrSnapshot.Asked;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import io.heal8s.pr.intent.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The next step for a Remediation's pull request. In this order:
 *
 * <ol>
 *   <li>no reply: wait, and where nothing is open yet say so in status;
 *   <li>the forge has our pull request: record what became of it, whether or not we remember making
 *       it;
 *   <li>it has none and one is wanted: edit the base's file; refused → say why; nothing to change →
 *       NotYetSynced; first time → record the intent; intent recorded → propose;
 *   <li>it has none and the gate holds the plan back: forget the intent, once it cannot come late
 *       any more.
 * </ol>
 *
 * At most one intent per run, so that a kill at any point finds either the record or the result.
 */
public final class PrDecider implements Decider<PrSnapshot, PrIntent> {

  private final Manifests manifests;
  private final PrTimes times;

  /** Judges with that editor and those pauses. */
  public PrDecider(Manifests manifests, PrTimes times) {
    this.manifests = manifests;
    this.times = times;
  }

  @Override
  public Decision<PrIntent> decide(PrSnapshot observed, Instant now) {
    Decision<PrIntent> decision =
        switch (observed.asked()) {
          case Asked.NotNeeded() -> Decision.nothing(Outcome.DONE);
          case Asked.TooSoon(Duration rest) ->
              Decision.nothing(Outcome.waiting(rest, WaitReason.AwaitingReview));
          case Asked.Answered answered -> after(observed, answered, now);
        };
    return observed.leading() ? decision : whileStandingBy(decision);
  }

  /**
   * A standby that was woken says what it saw, which status refuses if the leader was quicker. It
   * changes nothing at a forge, gives nothing up that the leader may be making, and comes back only
   * when it is woken again: the leader polls.
   */
  private static Decision<PrIntent> whileStandingBy(Decision<PrIntent> decision) {
    boolean effects =
        decision.intents().stream()
            .anyMatch(
                intent ->
                    switch (intent) {
                      case PrIntent.Record _ -> false;
                      case PrIntent.Open _, PrIntent.Withdraw _ -> true;
                    });
    return effects
        ? Decision.nothing(Outcome.DONE)
        : new Decision<>(decision.intents(), Outcome.DONE, decision.events());
  }

  private Decision<PrIntent> after(PrSnapshot observed, Asked.Answered answered, Instant now) {
    Remediation remediation = observed.remediation();
    Wish wish = answered.wish();
    LaneJudge judge = new LaneJudge(remediation, wish.inquiry(), times, now);
    return switch (answered.answer()) {
      case Reply.NotNow<View> notNow ->
          switch (wish.aim()) {
            case OPEN, FIND -> judge.notNow(notNow, true);
            // A standby asks so seldom that it cannot tell how long the forge has been away.
            case WATCH, WITHDRAW ->
                judge.silent(notNow, observed.leading() ? answered.silentSince() : null);
          };
      case Reply.Wrong<View>(var reason, var message) ->
          switch (wish.aim()) {
            case OPEN, FIND -> judge.blocked(reason, message);
            case WATCH, WITHDRAW -> judge.note(reason, message, judge.stalled(reason, message));
          };
      case Reply.Known<View>(View view) ->
          switch (wish.aim()) {
            case OPEN -> open(remediation, wish, view, judge);
            case FIND ->
                isAbsent(view.sighting()) && !observed.leading()
                    ? Decision.nothing(Outcome.DONE)
                    : find(remediation, wish, view, judge);
            case WATCH -> watch(view.sighting(), judge);
            case WITHDRAW ->
                isAbsent(view.sighting()) && !observed.leading()
                    ? Decision.nothing(Outcome.DONE)
                    : withdraw(remediation, view.sighting(), judge);
          };
    };
  }

  private static boolean isAbsent(Sighting sighting) {
    return switch (sighting) {
      case Sighting.Nothing _, Sighting.Foreign _ -> true;
      case Sighting.Open _, Sighting.Merged _, Sighting.Closed _, Sighting.Unfinished _ -> false;
    };
  }

  private Decision<PrIntent> open(Remediation remediation, Wish wish, View view, LaneJudge judge) {
    Proposing proposing = new Proposing(manifests, remediation, wish, judge);
    return switch (view.sighting()) {
      case Sighting.Open seen -> judge.open(seen);
      case Sighting.Merged seen -> judge.settled(seen);
      case Sighting.Closed seen -> judge.refused(seen);
      case Sighting.Foreign(String what) -> judge.blocked(PullRequestReason.BranchTaken, what);
      case Sighting.Nothing() -> proposing.on(Objects.requireNonNull(view.base()));
      case Sighting.Unfinished _ -> proposing.on(Objects.requireNonNull(view.base()));
    };
  }

  /**
   * An answer of the forge may have been lost before the gate changed its mind: what was made is
   * recorded and followed, since nobody else knows of it, and nothing is begun.
   */
  private Decision<PrIntent> find(Remediation remediation, Wish wish, View view, LaneJudge judge) {
    return switch (view.sighting()) {
      case Sighting.Nothing() -> judge.missing(judge.recorder().notMade());
      case Sighting.Foreign _ -> judge.record(judge.recorder().notMade(), Outcome.DONE);
      // Half made, so people cannot decide about it yet: opening goes on from there.
      case Sighting.Open _, Sighting.Merged _, Sighting.Closed _, Sighting.Unfinished _ ->
          open(remediation, wish, view, judge);
    };
  }

  private static Decision<PrIntent> watch(Sighting sighting, LaneJudge judge) {
    return switch (sighting) {
      case Sighting.Open seen -> judge.open(seen);
      case Sighting.Merged seen -> judge.settled(seen);
      case Sighting.Closed seen -> judge.refused(seen);
      case Sighting.Foreign(String what) ->
          judge.note(PullRequestReason.BranchTaken, what, judge.polling());
      case Sighting.Nothing() -> gone(judge);
      case Sighting.Unfinished _ -> gone(judge);
    };
  }

  private static Decision<PrIntent> withdraw(
      Remediation remediation, Sighting sighting, LaneJudge judge) {
    PrIntent.Withdraw withdraw = new PrIntent.Withdraw(remediation, judge.inquiry(), judge.why());
    return switch (sighting) {
      case Sighting.Open _ -> Decision.of(withdraw, Outcome.DONE);
      case Sighting.Unfinished _ -> Decision.of(withdraw, Outcome.DONE);
      case Sighting.Merged seen -> judge.settled(seen);
      case Sighting.Closed seen -> judge.withdrawn(seen);
      case Sighting.Nothing() ->
          judge.isIntentOnly()
              ? judge.missing(judge.recorder().withdrawn(null, judge.why()))
              : judge.withdrawn(null);
      case Sighting.Foreign _ -> judge.withdrawn(null);
    };
  }

  /** What to record after a proposal was made. */
  public Decision<PrIntent> opened(PrIntent.Open intent, Reply<Sighting> reply, Instant now) {
    LaneJudge judge = new LaneJudge(intent.remediation(), intent.proposal().inquiry(), times, now);
    return switch (reply) {
      case Reply.NotNow<Sighting> notNow -> judge.notNow(notNow, true);
      case Reply.Wrong<Sighting>(var reason, var message) -> judge.blocked(reason, message);
      case Reply.Known<Sighting>(Sighting sighting) ->
          switch (sighting) {
            case Sighting.Open seen -> judge.open(seen);
            case Sighting.Merged seen -> judge.settled(seen);
            case Sighting.Closed seen -> judge.refused(seen);
            case Sighting.Foreign(String what) ->
                judge.blocked(PullRequestReason.BranchTaken, what);
            case Sighting.Nothing() -> again();
            case Sighting.Unfinished _ -> again();
          };
    };
  }

  /** What to record after a pull request was withdrawn. */
  public Decision<PrIntent> withdrawn(
      PrIntent.Withdraw intent, Reply<Sighting> reply, Instant now) {
    LaneJudge judge = new LaneJudge(intent.remediation(), intent.inquiry(), times, now);
    return switch (reply) {
      case Reply.NotNow<Sighting> notNow -> judge.notNow(notNow, false);
      case Reply.Wrong<Sighting>(var reason, var message) ->
          judge.note(reason, message, judge.stalled(reason, message));
      case Reply.Known<Sighting>(Sighting sighting) ->
          switch (sighting) {
            case Sighting.Merged seen -> judge.settled(seen);
            case Sighting.Closed seen -> judge.withdrawn(seen);
            case Sighting.Nothing() -> judge.withdrawn(null);
            case Sighting.Foreign _ -> judge.withdrawn(null);
            case Sighting.Open _ -> again();
            case Sighting.Unfinished _ -> again();
          };
    };
  }

  private static Decision<PrIntent> again() {
    return Decision.nothing(Outcome.waiting(LaneJudge.SOON, PullRequestReason.ChangedMeanwhile));
  }

  private static Decision<PrIntent> gone(LaneJudge judge) {
    return judge.note(
        PullRequestReason.ChangedMeanwhile,
        "the forge does not show the pull request any more; it is looked for again",
        judge.polling());
  }
}
