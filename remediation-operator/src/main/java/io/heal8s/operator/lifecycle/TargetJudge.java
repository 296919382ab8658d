// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.operator.gate.Gate;
import io.heal8s.operator.gate.Standing;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.target.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges all Remediations of one target together. Those that touch the workload come first, then
 * the oldest; one that a newer decision may replace comes after all these, so that it is known by
 * then whether it does. Each sees what was decided for those before it. What is written of the
 * others comes before an effect, and one effect at most leaves a run: it may take long, and it is
 * judged anew what may follow it. It is of one that was let through before, so no write that fails
 * for another one stops it; and what cannot be read stops those alone that need it.
 */
public final class TargetJudge {

  private final AtTheGate gate;
  private final Proposed proposed;
  private final ActingDirectly acting;

  /**
   * @param planner makes plans anew
   */
  public TargetJudge(PlanSource planner) {
    this.gate = new AtTheGate(planner);
    this.proposed = new Proposed(gate);
    this.acting = new ActingDirectly(gate);
  }

  /** Judges; never throws for bad input. */
  public Judgement judge(TargetSnapshot snapshot, Instant time) {
    // Statuses hold milliseconds: a finer now would not equal what is read back.
    Instant now = time.truncatedTo(ChronoUnit.MILLIS);
    List<Remediation> all = new ArrayList<>(snapshot.remediations());
    all.sort(Standing.BY_AGE);
    return new Round(snapshot, all, now).play();
  }

  /** The same turn with another status. */
  static Turn withStatus(Turn turn, RemediationStatus status) {
    return new Turn(
        turn.snapshot(),
        new Standing(with(turn.remediation(), status)),
        turn.others(),
        turn.mergeSeen(),
        turn.now());
  }

  private static Remediation with(Remediation remediation, RemediationStatus status) {
    return new Remediation(
        remediation.apiVersion(),
        remediation.kind(),
        remediation.metadata(),
        remediation.spec(),
        status);
  }

  private Step step(Turn turn) {
    return switch (Stage.of(turn.self())) {
      case AT_THE_GATE -> gate.step(turn);
      case PROPOSED -> overtaken(turn).orElseGet(() -> proposed.step(turn));
      case SYNCING -> Syncing.step(turn);
      case VERIFYING -> new Verifying(turn).step();
      case ACTING -> acting.step(turn);
      case REVERTING -> new Reverting(turn).step();
      case OVER -> Step.NOTHING;
    };
  }

  /** The end of a proposal that nobody has decided on, by a newer decision of its detector. */
  private static Optional<Step> overtaken(Turn turn) {
    PullRequest request = turn.status().pullRequest();
    if (Proposals.merged(request) || Proposals.state(request) == PullRequest.State.Closed) {
      return Optional.empty();
    }
    return Gate.overtaken(turn.gateRequest(), turn.now())
        .map(verdict -> new Holding(turn).held(verdict, turn.draft()));
  }

  /** One pass over all Remediations of the target. */
  private final class Round {

    private static final int LAST = 3;

    private final TargetSnapshot snapshot;
    private final List<Standing> standings = new ArrayList<>();
    private final Instant now;
    private final boolean calls;
    private final List<RemediationIntent> writes = new ArrayList<>();
    private final List<RemediationIntent> refusals = new ArrayList<>();
    private final Set<Query> queries = new HashSet<>();
    private final boolean mergeSeen;
    private boolean count;
    private @Nullable Instant due;
    private @Nullable RemediationIntent effect;

    Round(TargetSnapshot snapshot, List<Remediation> all, Instant now) {
      this.snapshot = snapshot;
      this.now = now;
      this.calls = TargetKeys.areCalls(snapshot.key());
      all.forEach(remediation -> standings.add(new Standing(remediation)));
      this.mergeSeen = standings.stream().anyMatch(Round::newlyMerged);
    }

    private static boolean newlyMerged(Standing standing) {
      return Stage.of(standing) == Stage.PROPOSED
          && Proposals.merged(standing.status().pullRequest());
    }

    Judgement play() {
      for (int index : order()) {
        take(index);
      }
      // What cannot be read stops those alone that need it.
      if (!snapshot.unreadable().keySet().containsAll(queries)) {
        return new Judgement.NeedsReading(queries);
      }
      if (count) {
        return new Judgement.NeedsCounts();
      }
      // Last, since no write waits for them: these stand alone, and an effect may take long.
      writes.addAll(refusals);
      if (effect != null) {
        writes.add(effect);
        // What it did comes back as an event; the second is for the case that it changed nothing.
        return new Judgement.Decided(
            new Decision<>(
                writes, Outcome.waiting(Pace.FIRST, LifecycleReason.Scheduled), List.of()));
      }
      return new Judgement.Decided(new Decision<>(writes, outcome(), List.of()));
    }

    private List<Integer> order() {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < standings.size(); i++) {
        Standing standing = standings.get(i);
        if (Stage.of(standing) != Stage.OVER && calls == isRecordedCall(standing)) {
          order.add(i);
        }
      }
      order.sort(Comparator.comparing((Integer i) -> rank(standings.get(i))));
      int replaced = (int) order.stream().filter(i -> rank(standings.get(i)) == LAST).count();
      // Of these the newest first: whoever replaces one must have been judged before it.
      Collections.reverse(order.subList(order.size() - replaced, order.size()));
      return order;
    }

    private static boolean isRecordedCall(Standing standing) {
      RecordedIntent intent = standing.status().intent();
      return Stage.of(standing) == Stage.ACTING
          && intent != null
          && intent.type() == RecordedIntent.Type.Apply
          && standing.onlyTells();
    }

    private int rank(Standing standing) {
      if (newlyMerged(standing)) {
        return 0;
      }
      if (standing.holds()) {
        return 1;
      }
      return standings.stream().anyMatch(newer -> newer.mayReplace(standing)) ? LAST : 2;
    }

    private void take(int index) {
      Standing self = standings.get(index);
      List<Standing> others = new ArrayList<>(standings);
      others.remove(index);
      switch (step(new Turn(snapshot, self, others, mergeSeen, now))) {
        case Step.Nothing() -> {}
        case Step.Read(Set<Query> more) -> queries.addAll(more);
        case Step.Count() -> count = true;
        // One value, the same at each try: it stops nothing else.
        case Step.Do(RemediationIntent.RememberRefusal refusal) -> {
          refusals.add(refusal);
          lookAt(now.plus(Pace.FIRST));
        }
        case Step.Do(RemediationIntent wanted) -> effect = effect == null ? wanted : effect;
        case Step.Be be -> be(index, self, be);
      }
    }

    private void lookAt(@Nullable Instant time) {
      if (time != null && (due == null || time.isBefore(due))) {
        due = time;
      }
    }

    private void be(int index, Standing self, Step.Be be) {
      lookAt(be.lookAgain());
      if (be.status().equals(self.status())) {
        return;
      }
      Remediation base = self.remediation();
      writes.add(
          new RemediationIntent.WriteStatus(
              base, be.status(), Announcements.between(base, be.status()), be.claim()));
      standings.set(index, new Standing(with(base, be.status())));
    }

    private Outcome outcome() {
      if (!queries.isEmpty()) {
        Throwable cause = snapshot.unreadable().get(queries.iterator().next());
        return new Outcome.Retry(LifecycleReason.ReadFailed, Objects.requireNonNull(cause));
      }
      if (due == null) {
        return Outcome.DONE;
      }
      Duration wait = Duration.between(now, due);
      return Outcome.waiting(wait.isNegative() ? Duration.ZERO : wait, LifecycleReason.Scheduled);
    }
  }
}
