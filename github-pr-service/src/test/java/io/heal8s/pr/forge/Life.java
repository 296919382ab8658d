// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.pr.act.ForgeQuestions;
import io.heal8s.pr.act.PrExecutor;
import io.heal8s.pr.act.PrMetrics;
import io.heal8s.pr.changerequest.Manifests;
import io.heal8s.pr.changerequest.PrDecider;
import io.heal8s.pr.changerequest.PrTimes;
import io.heal8s.pr.changerequest.WaitReason;
import io.heal8s.pr.changerequest.Wishes;
import io.heal8s.pr.intent.OwnedStatus;
import io.heal8s.pr.intent.PrIntent;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One Remediation and the services that work on it, without an API server: status is kept here and
 * written only by who read the newest one, as the API server would have it.
 */
public final class Life {

  /** Pause between two looks; the worlds of forges let this time pass. */
  public static final Duration POLL = Duration.ofSeconds(10);

  private static final PrTimes TIMES =
      new PrTimes(POLL, Duration.ofMinutes(5), Duration.ofSeconds(30));

  private final ManualClock clock;
  private final Manifests manifests = new Manifests();
  private final List<Announcement> told = new ArrayList<>();
  private Remediation remediation;
  private int writes;
  private boolean killedBeforeWrite;

  public Life(Remediation remediation, ManualClock clock) {
    this.remediation = remediation;
    this.clock = clock;
  }

  /** One run of a service that has nothing in memory but its forge. */
  public Outcome step(Forge forge) {
    Forges forges = new Forges(List.of(forge));
    PrDecider decider = new PrDecider(manifests, TIMES);
    Remediation read = remediation;
    Decision<PrIntent> decision =
        decider.decide(
            new ForgeQuestions(new Wishes(manifests), forges, POLL).ask(read, clock.instant()),
            clock.instant());
    PrExecutor executor =
        new PrExecutor(
            forges,
            this::write,
            decider,
            (about, event) -> told.add(event),
            new PrMetrics(new SimpleMeterRegistry(), Set.of()));
    RunContext run =
        new RunContext("test", clock.instant(), clock.instant().plus(Duration.ofMinutes(2)));
    for (PrIntent intent : decision.intents()) {
      Outcome outcome = executor.execute(intent, run);
      if (!(outcome instanceof Outcome.Done)) {
        return outcome;
      }
    }
    told.addAll(decision.events());
    return decision.outcome();
  }

  /** Runs until nothing is left to do at once. */
  public Outcome run(Forge forge) {
    Outcome outcome = step(forge);
    for (int i = 0; i < 10 && recorded(outcome); i++) {
      outcome = step(forge);
    }
    return outcome;
  }

  private static boolean recorded(Outcome outcome) {
    return outcome instanceof Outcome.Waiting(var after, var reason)
        && reason == WaitReason.IntentRecorded;
  }

  /** The next write of status does not happen, as if the process had been killed before it. */
  public void killBeforeNextWrite() {
    killedBeforeWrite = true;
  }

  /** The operator writes. */
  public void operator(UnaryOperator<Remediation> change) {
    remediation = change.apply(remediation);
    bumped();
  }

  public Remediation remediation() {
    return remediation;
  }

  public PullRequest pullRequest() {
    return Objects.requireNonNull(remediation.statusOrEmpty().pullRequest(), "no pull request");
  }

  public PullRequest revertPullRequest() {
    return Objects.requireNonNull(remediation.statusOrEmpty().revertPullRequest(), "no revert");
  }

  public @Nullable Condition condition(ConditionType type) {
    return remediation.statusOrEmpty().condition(type);
  }

  /** Actions of the events so far, which say of which pull request they tell. */
  public List<String> told() {
    return told.stream().map(Announcement::action).toList();
  }

  public int writes() {
    return writes;
  }

  private Outcome write(Remediation read, OwnedStatus status) {
    if (killedBeforeWrite) {
      killedBeforeWrite = false;
      return Outcome.waiting(Duration.ZERO, WaitReason.AwaitingReview);
    }
    String version = remediation.metadata().getResourceVersion();
    if (!Objects.equals(read.metadata().getResourceVersion(), version)) {
      return Outcome.waiting(Duration.ofMillis(100), WaitReason.AwaitingReview);
    }
    writes++;
    remediation = Samples.recorded(remediation, status);
    bumped();
    return Outcome.DONE;
  }

  private void bumped() {
    String version = remediation.metadata().getResourceVersion();
    long next = version == null ? 1 : Long.parseLong(version) + 1;
    // A new object each time: a service that read the old one must keep seeing the old version.
    Remediation old = remediation;
    remediation =
        new Remediation(
            old.apiVersion(),
            old.kind(),
            new V1ObjectMeta()
                .namespace(old.metadata().getNamespace())
                .name(old.metadata().getName())
                .uid(old.metadata().getUid())
                .generation(old.metadata().getGeneration())
                .creationTimestamp(old.metadata().getCreationTimestamp())
                .resourceVersion(Long.toString(next)),
            old.spec(),
            old.status());
  }
}
