// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.pr.forge.Samples;
import io.heal8s.pr.intent.OwnedStatus;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.View;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table: what status says, what the forge shows, and the one step that follows. */
class PrDeciderTest extends PrScenes {

  /** What a decision comes to. */
  enum Step {
    NOTHING,
    RECORD_PENDING,
    RECORD_OPEN,
    RECORD_MERGED,
    RECORD_REFUSED,
    RECORD_WITHDRAWN,
    RECORD_NOT_YET_SYNCED,
    RECORD_TROUBLE,
    RECORD_NOTE,
    RECORD_MISSING,
    FORGET,
    OPEN,
    WITHDRAW
  }

  record Case(
      Recorded recorded,
      String name,
      Reply<View> reply,
      Step step,
      Class<? extends Outcome> outcome,
      String because) {

    @Override
    public String toString() {
      return recorded + ", " + name + " → " + step + ", because " + because;
    }
  }

  static Stream<Case> cases() {
    Class<? extends Outcome> done = Outcome.Done.class;
    Class<? extends Outcome> waits = Outcome.Waiting.class;
    Class<? extends Outcome> retries = Outcome.Retry.class;
    Class<? extends Outcome> stalls = Outcome.Stalled.class;
    Recorded none = Recorded.NOTHING;
    Recorded pending = Recorded.PENDING;
    Recorded held = Recorded.PENDING_BUT_HELD;
    Recorded open = Recorded.OPEN;
    Recorded ended = Recorded.OPEN_BUT_ENDED;
    return Stream.of(
        new Case(
            none,
            "nothing there",
            known(NOTHING),
            Step.RECORD_PENDING,
            waits,
            "the intent is recorded before the forge is touched"),
        new Case(
            none,
            "already open",
            known(OPEN),
            Step.RECORD_OPEN,
            waits,
            "a lost status is found again by branch and marker"),
        new Case(
            none,
            "already merged",
            known(MERGED),
            Step.RECORD_MERGED,
            done,
            "a merge seen late is still a merge"),
        new Case(
            none,
            "already closed",
            known(CLOSED),
            Step.RECORD_REFUSED,
            done,
            "a refusal is not forgotten with the status"),
        new Case(
            none,
            "a stranger's branch",
            known(FOREIGN),
            Step.RECORD_TROUBLE,
            stalls,
            "what is not ours is never touched"),
        new Case(
            none,
            "base holds it",
            known(NOTHING, Samples.manifest("320Mi")),
            Step.RECORD_NOT_YET_SYNCED,
            done,
            "a second pull request would change nothing"),
        new Case(
            none,
            "base holds more",
            known(NOTHING, Samples.manifest("1Gi")),
            Step.RECORD_NOT_YET_SYNCED,
            done,
            "a value is never lowered by a raise"),
        new Case(
            none,
            "no file",
            known(NOTHING, null),
            Step.RECORD_TROUBLE,
            stalls,
            "somebody must correct the path"),
        new Case(
            none,
            "not the object",
            known(NOTHING, "kind: List\n"),
            Step.RECORD_TROUBLE,
            stalls,
            "the wrong object is never edited"),
        new Case(
            none,
            "no answer",
            notNow(null),
            Step.RECORD_TROUBLE,
            retries,
            "people need to know what it waits for"),
        new Case(
            none,
            "come back later",
            notNow(Duration.ofMinutes(2)),
            Step.RECORD_TROUBLE,
            waits,
            "the forge said when"),
        new Case(
            none,
            "wrong configuration",
            wrong(),
            Step.RECORD_TROUBLE,
            stalls,
            "only a person can change it"),
        new Case(
            pending,
            "nothing there",
            known(NOTHING),
            Step.OPEN,
            waits,
            "a recorded intent is executed"),
        new Case(
            pending,
            "branch without pull request",
            known(UNFINISHED),
            Step.OPEN,
            waits,
            "opening goes on from where it was cut"),
        new Case(
            pending,
            "it was opened",
            known(OPEN),
            Step.RECORD_OPEN,
            waits,
            "found again, never opened twice"),
        new Case(
            pending,
            "merged meanwhile",
            known(MERGED),
            Step.RECORD_MERGED,
            done,
            "the crash does not hide what people did"),
        new Case(
            pending,
            "base holds it now",
            known(NOTHING, Samples.manifest("320Mi")),
            Step.RECORD_NOT_YET_SYNCED,
            done,
            "somebody did it by hand meanwhile"),
        new Case(
            pending,
            "a stranger's branch",
            known(FOREIGN),
            Step.RECORD_TROUBLE,
            stalls,
            "the name was taken between the two runs"),
        new Case(
            held,
            "nothing there",
            known(NOTHING),
            Step.RECORD_MISSING,
            waits,
            "what was asked for may come late"),
        new Case(
            Recorded.MISSING,
            "nothing there",
            known(NOTHING),
            Step.NOTHING,
            waits,
            "it may come for another second"),
        new Case(
            Recorded.MISSING,
            "it was opened",
            known(OPEN),
            Step.RECORD_OPEN,
            waits,
            "it came late"),
        new Case(
            Recorded.MISSING_FOR_LONG,
            "nothing there",
            known(NOTHING),
            Step.FORGET,
            done,
            "what the gate holds back is not begun"),
        new Case(
            Recorded.MISSING_FOR_LONG,
            "no answer",
            notNow(null),
            Step.RECORD_TROUBLE,
            retries,
            "it is missed anew when the forge answers again"),
        new Case(
            Recorded.MISSING_FOR_LONG_BUT_HELD_SINCE,
            "nothing there",
            known(NOTHING),
            Step.NOTHING,
            waits,
            "it may have been asked for in between"),
        new Case(
            Recorded.MISSING_BUT_ALLOWED_AGAIN,
            "nothing there",
            known(NOTHING),
            Step.RECORD_TROUBLE,
            waits,
            "it is recorded that it is asked for again"),
        new Case(
            Recorded.PENDING_BUT_ENDED,
            "nothing there",
            known(NOTHING),
            Step.RECORD_MISSING,
            waits,
            "one that comes late is withdrawn"),
        new Case(
            Recorded.PENDING_BUT_ENDED,
            "it was opened",
            known(OPEN),
            Step.WITHDRAW,
            done,
            "nobody waits for it any more"),
        new Case(
            Recorded.MISSING_FOR_LONG_AND_ENDED,
            "nothing there",
            known(NOTHING),
            Step.RECORD_WITHDRAWN,
            done,
            "nothing can come any more"),
        new Case(
            held, "a stranger's branch", known(FOREIGN), Step.FORGET, done, "ours was never made"),
        new Case(
            held,
            "branch without pull request",
            known(UNFINISHED),
            Step.OPEN,
            waits,
            "what is half made is finished, so that people can decide"),
        new Case(
            held,
            "it was opened",
            known(OPEN),
            Step.RECORD_OPEN,
            waits,
            "nobody else would ever hear of it"),
        new Case(
            held,
            "merged meanwhile",
            known(MERGED),
            Step.RECORD_MERGED,
            done,
            "a merge is never overlooked"),
        new Case(
            held,
            "closed meanwhile",
            known(CLOSED),
            Step.RECORD_REFUSED,
            done,
            "a refusal is not forgotten"),
        new Case(
            held,
            "no answer",
            notNow(null),
            Step.RECORD_TROUBLE,
            retries,
            "no answer is never taken for no branch"),
        new Case(
            held,
            "wrong configuration",
            wrong(),
            Step.RECORD_TROUBLE,
            stalls,
            "nobody can look, and people need to know"),
        new Case(open, "as it was", known(OPEN), Step.NOTHING, waits, "nothing is written at rest"),
        new Case(open, "merged", known(MERGED), Step.RECORD_MERGED, done, "a person merged it"),
        new Case(
            open, "closed", known(CLOSED), Step.RECORD_REFUSED, done, "a person does not want it"),
        new Case(
            open,
            "no answer",
            notNow(null),
            Step.NOTHING,
            retries,
            "no answer is never taken for no need"),
        new Case(
            open,
            "come back later",
            notNow(Duration.ofMinutes(1)),
            Step.NOTHING,
            waits,
            "no answer is never taken for no need"),
        new Case(
            open,
            "repository gone",
            wrong(),
            Step.RECORD_NOTE,
            stalls,
            "the state stays what it was, with a note"),
        new Case(
            open,
            "nothing there",
            known(NOTHING),
            Step.RECORD_NOTE,
            waits,
            "only the forge says when it counts as closed"),
        new Case(
            open,
            "branch replaced",
            known(FOREIGN),
            Step.RECORD_NOTE,
            waits,
            "a stranger's branch is neither merged nor refused"),
        new Case(
            open,
            "pull request gone",
            known(UNFINISHED),
            Step.RECORD_NOTE,
            waits,
            "only the forge says when it counts as closed"),
        new Case(ended, "open", known(OPEN), Step.WITHDRAW, done, "nobody waits for it any more"),
        new Case(
            ended,
            "branch only",
            known(UNFINISHED),
            Step.WITHDRAW,
            done,
            "our branch does not stay behind"),
        new Case(
            ended,
            "merged meanwhile",
            known(MERGED),
            Step.RECORD_MERGED,
            done,
            "what was merged is not withdrawn"),
        new Case(
            ended,
            "closed already",
            known(CLOSED),
            Step.RECORD_WITHDRAWN,
            done,
            "a crash after closing leaves it to be recorded"),
        new Case(
            ended,
            "nothing there",
            known(NOTHING),
            Step.RECORD_WITHDRAWN,
            done,
            "there is nothing to close"),
        new Case(
            ended,
            "a stranger's branch",
            known(FOREIGN),
            Step.RECORD_WITHDRAWN,
            done,
            "what is not ours is never deleted"),
        new Case(ended, "no answer", notNow(null), Step.NOTHING, retries, "it is tried again"),
        new Case(
            ended,
            "repository gone",
            wrong(),
            Step.RECORD_NOTE,
            stalls,
            "it is tried again, and people know why it is still open"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneStepAtATime(Case c) {
    Remediation remediation = begin(c.recorded());
    Wish wish = new Wishes(MANIFESTS).of(remediation).orElseThrow();
    PrSnapshot snapshot =
        new PrSnapshot(remediation, new PrSnapshot.Asked.Answered(wish, c.reply()));

    Decision<PrIntent> decision = DECIDER.decide(snapshot, NOW);

    assertThat(decision.intents()).hasSizeLessThanOrEqualTo(1);
    assertThat(step(remediation, decision)).as(c.because()).isEqualTo(c.step());
    assertThat(decision.outcome()).as(c.because()).isInstanceOf(c.outcome());
    assertThat(DECIDER.decide(snapshot, NOW)).as("the same again").isEqualTo(decision);
    settles(remediation, c, decision);
  }

  /** What was recorded is not recorded again by the next run that sees the same. */
  private static void settles(Remediation remediation, Case c, Decision<PrIntent> decision) {
    if (!(decision.intents().stream().findFirst().orElse(null)
        instanceof PrIntent.Record(Remediation of, OwnedStatus status))) {
      return;
    }
    Remediation next = Samples.recorded(remediation, status);
    Optional<Wish> wish = new Wishes(MANIFESTS).of(next);
    boolean recordedAgain = c.recorded() == Recorded.MISSING_BUT_ALLOWED_AGAIN;
    if (wish.isPresent() && c.step() != Step.RECORD_PENDING && !recordedAgain) {
      Decision<PrIntent> again =
          DECIDER.decide(
              new PrSnapshot(next, new PrSnapshot.Asked.Answered(wish.get(), c.reply())),
              NOW.plusSeconds(60));
      assertThat(again.intents()).as("nothing is written at rest").isEmpty();
    }
  }

  /** A standby that a webhook woke. */
  @ParameterizedTest
  @MethodSource("cases")
  void aStandbyOnlySaysWhatItSaw(Case c) {
    Remediation remediation = begin(c.recorded());
    Wish wish = new Wishes(MANIFESTS).of(remediation).orElseThrow();
    PrSnapshot snapshot =
        new PrSnapshot(remediation, new PrSnapshot.Asked.Answered(wish, c.reply()), false);

    Decision<PrIntent> decision = DECIDER.decide(snapshot, NOW);

    boolean effect = c.step() == Step.OPEN || c.step() == Step.WITHDRAW;
    // The leader may be making what a standby does not see.
    boolean absent =
        wish.aim() != Wish.Aim.OPEN
            && wish.aim() != Wish.Aim.WATCH
            && (c.reply().equals(known(NOTHING)) || c.reply().equals(known(FOREIGN)));
    assertThat(step(remediation, decision)).isEqualTo(effect || absent ? Step.NOTHING : c.step());
    assertThat(decision.outcome())
        .as("because the leader polls, a standby does not")
        .isEqualTo(Outcome.DONE);
  }

  private static Step step(Remediation before, Decision<PrIntent> decision) {
    if (decision.intents().isEmpty()) {
      return Step.NOTHING;
    }
    return switch (decision.intents().getFirst()) {
      case PrIntent.Open _ -> Step.OPEN;
      case PrIntent.Withdraw _ -> Step.WITHDRAW;
      case PrIntent.Record(Remediation of, OwnedStatus status) -> step(before, status);
    };
  }

  private static Step step(Remediation before, OwnedStatus status) {
    PullRequest was = before.statusOrEmpty().pullRequest();
    PullRequest is = status.pullRequest();
    if (Objects.equals(was, is)) {
      return status.conditions().stream().anyMatch(c -> c.status() == Condition.Status.Unknown)
          ? Step.RECORD_MISSING
          : Step.RECORD_TROUBLE;
    }
    if (is == null) {
      assertThat(status.conditions()).as("nothing is said of what is not there").isEmpty();
      return Step.FORGET;
    }
    PullRequest.State state = Objects.requireNonNull(is.state());
    if (was != null && was.state() == state) {
      return Step.RECORD_NOTE;
    }
    boolean withdrawn = status.conditions().stream().anyMatch(c -> c.reason().equals("Withdrawn"));
    return switch (state) {
      case Pending -> Step.RECORD_PENDING;
      case Open -> Step.RECORD_OPEN;
      case Merged -> Step.RECORD_MERGED;
      case Closed -> withdrawn ? Step.RECORD_WITHDRAWN : Step.RECORD_REFUSED;
      case NotYetSynced -> Step.RECORD_NOT_YET_SYNCED;
    };
  }
}
