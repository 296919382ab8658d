// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.forge.Samples;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.View;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What people are told of a pull request, each thing once. */
class PrAnnouncementsTest extends PrScenes {

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
}
