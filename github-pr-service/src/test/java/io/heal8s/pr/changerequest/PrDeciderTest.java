// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.pr.forge.Samples;
import io.heal8s.pr.intent.BaseFile;
import io.heal8s.pr.intent.FileContent;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.OwnedStatus;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.intent.PullRequestReason;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import io.heal8s.pr.intent.View;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrDeciderTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final PrTimes TIMES = new PrTimes(Duration.ofSeconds(10), Duration.ofMinutes(5));
  private static final String SHA = "a".repeat(40);
  private static final String BASE = "b".repeat(40);
  private static final Manifests MANIFESTS = new Manifests();
  private static final PrDecider DECIDER = new PrDecider(MANIFESTS, TIMES);

  private static final Repository REPOSITORY =
      new Repository(
          "git",
          "https://git.example/shop.git",
          "main",
          "apps/shop/api.yaml",
          null,
          null,
          null,
          null,
          null,
          null);

  /** What status says of the pull request when a run begins. */
  enum Recorded {
    NOTHING,
    PENDING,
    OPEN,
    OPEN_BUT_ENDED
  }

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

  private static final Sighting.Details DETAILS =
      new Sighting.Details(7, "https://forge/7", SHA, SHA, BASE, null);
  private static final Sighting OPEN = new Sighting.Open(DETAILS, null);
  private static final Sighting MERGED =
      new Sighting.Merged(
          DETAILS,
          "c".repeat(40),
          null,
          List.of(new MergedValue(Samples.LIMIT, "320Mi", null, null)),
          null);
  private static final Sighting CLOSED = new Sighting.Closed(DETAILS, null, null);
  private static final Sighting NOTHING = new Sighting.Nothing();
  private static final Sighting FOREIGN = new Sighting.Foreign("somebody's branch");
  private static final Sighting UNFINISHED = new Sighting.Unfinished(SHA);

  private static Reply<View> known(Sighting sighting) {
    return known(sighting, Samples.MANIFEST);
  }

  private static Reply<View> known(Sighting sighting, @Nullable String file) {
    FileContent content = file == null ? null : FileContent.of(file);
    return new Reply.Known<>(new View(new BaseFile(BASE, content), sighting));
  }

  private static Reply<View> notNow(@Nullable Duration after) {
    return new Reply.NotNow<>(
        PullRequestReason.ForgeUnavailable, "away", after, new IOException("away"));
  }

  private static Reply<View> wrong() {
    return new Reply.Wrong<>(PullRequestReason.RepositoryNotFound, "no such repository");
  }

  static Stream<Case> cases() {
    Class<? extends Outcome> done = Outcome.Done.class;
    Class<? extends Outcome> waits = Outcome.Waiting.class;
    Class<? extends Outcome> retries = Outcome.Retry.class;
    Class<? extends Outcome> stalls = Outcome.Stalled.class;
    Recorded none = Recorded.NOTHING;
    Recorded pending = Recorded.PENDING;
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
    if (wish.isPresent() && c.step() != Step.RECORD_PENDING) {
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
    assertThat(step(remediation, decision)).isEqualTo(effect ? Step.NOTHING : c.step());
    assertThat(decision.outcome())
        .as("because the leader polls, a standby does not")
        .isEqualTo(Outcome.DONE);
  }

  record Told(
      Recorded recorded, Reply<View> reply, Announcement.Type type, String reason, String action) {}

  static Stream<Told> told() {
    Announcement.Type normal = Announcement.Type.Normal;
    Announcement.Type warning = Announcement.Type.Warning;
    return Stream.of(
        new Told(Recorded.PENDING, known(OPEN), normal, "Opened", "PullRequestOpened"),
        new Told(Recorded.OPEN, known(MERGED), normal, "Merged", "PullRequestMerged"),
        new Told(Recorded.OPEN, known(CLOSED), warning, "Refused", "PullRequestRefused"),
        new Told(
            Recorded.OPEN_BUT_ENDED, known(CLOSED), normal, "Withdrawn", "PullRequestWithdrawn"),
        new Told(
            Recorded.NOTHING,
            known(NOTHING, Samples.manifest("1Gi")),
            normal,
            "NotYetSynced",
            "PullRequestNotYetSynced"),
        new Told(
            Recorded.NOTHING, notNow(null), warning, "ForgeUnavailable", "PullRequestNotOpened"),
        new Told(
            Recorded.NOTHING,
            new Reply.NotNow<>(
                PullRequestReason.RateLimited, "slow down", Duration.ofMinutes(2), null),
            warning,
            "RateLimited",
            "PullRequestNotOpened"),
        new Told(Recorded.NOTHING, wrong(), warning, "RepositoryNotFound", "PullRequestNotOpened"),
        new Told(Recorded.OPEN, wrong(), warning, "RepositoryNotFound", "PullRequestUnclear"));
  }

  @ParameterizedTest
  @MethodSource("told")
  void peopleAreToldOnce(Told c) {
    Remediation remediation = begin(c.recorded());
    Wish wish = new Wishes(MANIFESTS).of(remediation).orElseThrow();
    Decision<PrIntent> decision =
        DECIDER.decide(
            new PrSnapshot(remediation, new PrSnapshot.Asked.Answered(wish, c.reply())), NOW);

    assertThat(decision.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo(c.type());
              assertThat(event.reason()).as("as the condition's").isEqualTo(c.reason());
              assertThat(event.action()).isEqualTo(c.action());
            });
    PrIntent.Record record = (PrIntent.Record) decision.intents().getFirst();
    Remediation next = Samples.recorded(remediation, record.status());
    new Wishes(MANIFESTS)
        .of(next)
        .ifPresent(
            again ->
                assertThat(
                        DECIDER
                            .decide(
                                new PrSnapshot(
                                    next, new PrSnapshot.Asked.Answered(again, c.reply())),
                                NOW.plusSeconds(60))
                            .events())
                    .as("because nothing changed since")
                    .isEmpty());
  }

  @ParameterizedTest
  @EnumSource(
      value = Recorded.class,
      names = {"OPEN", "OPEN_BUT_ENDED"})
  void anOutageIsToldOnceAndItsEndToo(Recorded recorded) {
    Remediation remediation = begin(recorded);
    Instant since = NOW.minus(TIMES.silence());

    assertThat(decide(remediation, notNow(null), since.plusSeconds(1)).intents())
        .as("because one look that fails is nobody's concern")
        .isEmpty();
    Decision<PrIntent> told = decide(remediation, notNow(null), since);
    assertThat(told.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo(Announcement.Type.Warning);
              assertThat(event.action() + "/" + event.reason())
                  .isEqualTo("PullRequestUnseen/ForgeUnavailable");
              assertThat(event.message())
                  .isEqualTo(
                      "what became of pull request #7 (https://forge/7) cannot be seen: away");
            });
    assertThat(told.outcome()).as("it goes on asking").isInstanceOf(Outcome.Retry.class);

    Remediation away = Samples.recorded(remediation, status(told));
    assertThat(away.statusOrEmpty().isTrue(ConditionType.PullRequestOpen))
        .as("because no answer is no news")
        .isTrue();
    assertThat(away.statusOrEmpty().pullRequest())
        .isEqualTo(remediation.statusOrEmpty().pullRequest());
    assertThat(decide(away, notNow(null), since).intents()).as("once per outage").isEmpty();
    if (recorded == Recorded.OPEN) {
      Decision<PrIntent> back = decide(away, known(OPEN), null);
      assertThat(back.events())
          .extracting(Announcement::action, Announcement::message)
          .containsExactly(
              tuple(
                  "PullRequestSeenAgain",
                  "pull request #7 (https://forge/7) is seen again and waits for review"));
      assertThat(decide(Samples.recorded(away, status(back)), known(OPEN), null).intents())
          .isEmpty();
    }
  }

  @Test
  void refusedCredentialsAreToldWhileAPullRequestIsOpenAndLimitsAreNot() {
    Instant since = NOW.minus(TIMES.silence());
    Remediation open = begin(Recorded.OPEN);
    Reply<View> refused =
        new Reply.NotNow<>(PullRequestReason.Unauthorized, "bad credentials", null, null);
    Reply<View> limited =
        new Reply.NotNow<>(PullRequestReason.RateLimited, "slow down", Duration.ofMinutes(2), null);

    assertThat(decide(open, refused, since).events())
        .extracting(Announcement::reason)
        .containsExactly("Unauthorized");
    assertThat(decide(open, limited, since).events())
        .as("because that passes by itself, and often")
        .isEmpty();
  }

  @Test
  void aStandbyDoesNotSayThatAForgeIsAway() {
    Remediation open = begin(Recorded.OPEN);
    Wish wish = new Wishes(MANIFESTS).of(open).orElseThrow();
    PrSnapshot woken =
        new PrSnapshot(
            open, new PrSnapshot.Asked.Answered(wish, notNow(null), Instant.EPOCH), false);
    assertThat(DECIDER.decide(woken, NOW).intents()).isEmpty();
  }

  private static Decision<PrIntent> decide(
      Remediation remediation, Reply<View> reply, @Nullable Instant silentSince) {
    Wish wish = new Wishes(MANIFESTS).of(remediation).orElseThrow();
    return DECIDER.decide(
        new PrSnapshot(remediation, new PrSnapshot.Asked.Answered(wish, reply, silentSince)), NOW);
  }

  private static OwnedStatus status(Decision<PrIntent> decision) {
    return ((PrIntent.Record) decision.intents().getFirst()).status();
  }

  @Test
  void whatIsToldOfARevertIsASeriesOfItsOwn() {
    Remediation merged = after(begin(Recorded.OPEN), known(MERGED));
    Remediation reverting =
        Samples.reverting(
            merged, Change.of(Samples.LIMIT, "320Mi", "256Mi", Change.ValueType.string));
    Wish wish = new Wishes(MANIFESTS).of(reverting).orElseThrow();

    Announcement event =
        DECIDER
            .decide(
                new PrSnapshot(reverting, new PrSnapshot.Asked.Answered(wish, known(OPEN))), NOW)
            .events()
            .getFirst();

    assertThat(event.action()).isEqualTo("RevertOpened");
    assertThat(event.dedupeKey()).isEqualTo("RevertOpened");
    assertThat(event.message()).isEqualTo("Opened revert pull request #7 (https://forge/7)");
  }

  private static Remediation begin(Recorded recorded) {
    Remediation planned = Samples.planned(REPOSITORY);
    return switch (recorded) {
      case NOTHING -> planned;
      case PENDING -> after(planned, known(NOTHING));
      case OPEN -> after(planned, known(OPEN));
      case OPEN_BUT_ENDED -> Samples.ended(after(planned, known(OPEN)), Phase.Expired);
    };
  }

  private static Remediation after(Remediation remediation, Reply<View> reply) {
    Wish wish = new Wishes(MANIFESTS).of(remediation).orElseThrow();
    Decision<PrIntent> decision =
        DECIDER.decide(
            new PrSnapshot(remediation, new PrSnapshot.Asked.Answered(wish, reply)), NOW);
    PrIntent.Record record = (PrIntent.Record) decision.intents().getFirst();
    return Samples.recorded(remediation, record.status());
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
      return Step.RECORD_TROUBLE;
    }
    PullRequest.State state = Objects.requireNonNull(Objects.requireNonNull(is).state());
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

  @Test
  void aPlanThatDoesNotFitTheFileWaitsForOneThatDoes() {
    Remediation planned = Samples.planned(REPOSITORY);
    RemediationStatus s = planned.statusOrEmpty();
    Change image =
        Change.of(
            "spec.template.spec.containers[name=api].image",
            "registry.example/shop/api:9.9",
            "registry.example/shop/api:1.3",
            Change.ValueType.string);
    Remediation rollback = Samples.planning(planned, image);
    Wish wish = new Wishes(MANIFESTS).of(rollback).orElseThrow();

    Decision<PrIntent> decision =
        DECIDER.decide(
            new PrSnapshot(rollback, new PrSnapshot.Asked.Answered(wish, known(NOTHING))), NOW);

    PrIntent.Record record = (PrIntent.Record) decision.intents().getFirst();
    Condition open = record.status().conditions().getFirst();
    assertThat(open.reason()).isEqualTo("ManifestDiffers");
    assertThat(open.message()).startsWith("apps/shop/api.yaml:").contains("1.4");
    assertThat(decision.outcome())
        .isEqualTo(Outcome.waiting(TIMES.poll(), PullRequestReason.ManifestDiffers));
    assertThat(s.pullRequest()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aPullRequestIsBegunOnlyWhileTheRemediationLives(Phase phase) {
    Remediation remediation = Samples.ended(Samples.planned(REPOSITORY), phase);
    assertThat(new Wishes(MANIFESTS).of(remediation).isPresent()).isEqualTo(!phase.isEnd());
  }

  @Test
  void nothingIsWantedWithoutPlanGateOrRepository() {
    Remediation planned = Samples.planned(REPOSITORY);
    RemediationStatus s = planned.statusOrEmpty();
    assertThat(new Wishes(MANIFESTS).of(Samples.with(planned, RemediationStatus.EMPTY))).isEmpty();
    assertThat(new Wishes(MANIFESTS).of(Samples.ungated(planned)))
        .as("because the gate has not let the plan through")
        .isEmpty();
    assertThat(new Wishes(MANIFESTS).of(Samples.planning(planned)))
        .as("because a plan without changes needs no pull request")
        .isEmpty();
    assertThat(s.plan()).isNotNull();
  }

  @Test
  void anOpenPullRequestIsFollowedWhateverTheGateSaysLater() {
    Remediation open = Samples.ungated(begin(Recorded.OPEN));
    assertThat(new Wishes(MANIFESTS).of(open)).map(Wish::aim).hasValue(Wish.Aim.WATCH);
  }

  @Test
  void whatWasMergedIsNeverWithdrawn() {
    Remediation merged = after(begin(Recorded.OPEN), known(MERGED));
    assertThat(new Wishes(MANIFESTS).of(Samples.ended(merged, Phase.Failed))).isEmpty();
    assertThat(new Wishes(MANIFESTS).of(merged)).isEmpty();
  }

  @Test
  void aRevertIsNeverWithdrawn() {
    Remediation merged = after(begin(Recorded.OPEN), known(MERGED));
    Remediation reverting =
        Samples.reverting(
            merged, Change.of(Samples.LIMIT, "320Mi", "256Mi", Change.ValueType.string));
    Wish wish = new Wishes(MANIFESTS).of(reverting).orElseThrow();
    assertThat(wish.inquiry().lane()).isEqualTo(Lane.REVERT);
    assertThat(wish.aim()).isEqualTo(Wish.Aim.OPEN);
    assertThat(new Wishes(MANIFESTS).of(Samples.ended(reverting, Phase.Failed))).isEmpty();
  }

  @Test
  void refusalIsWrittenAsTheOperatorReadsIt() {
    Remediation closed = after(begin(Recorded.OPEN), known(CLOSED));
    Condition merged =
        Objects.requireNonNull(closed.statusOrEmpty().condition(ConditionType.PullRequestMerged));
    assertThat(merged.status()).isEqualTo(Condition.Status.False);
    assertThat(merged.reason()).isEqualTo("Refused");
    assertThat(merged.observedGeneration()).isEqualTo(1L);
  }
}
