// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.forge.Samples;
import io.heal8s.pr.intent.BaseFile;
import io.heal8s.pr.intent.FileContent;
import io.heal8s.pr.intent.OwnedStatus;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import io.heal8s.pr.intent.View;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remediations at each stage of a pull request, and what a forge says of one. */
abstract class PrScenes {

  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final PrTimes TIMES =
      new PrTimes(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(30));

  /** Two minutes and the time that a request may take. */
  static final Duration LATENESS = Duration.ofSeconds(150);

  static final String SHA = "a".repeat(40);
  static final String BASE = "b".repeat(40);
  static final Manifests MANIFESTS = new Manifests();
  static final PrDecider DECIDER = new PrDecider(MANIFESTS, TIMES);

  static final Repository REPOSITORY =
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

  static final Sighting.Details DETAILS =
      new Sighting.Details(7, "https://forge/7", SHA, SHA, BASE, null);
  static final Sighting OPEN = new Sighting.Open(DETAILS, null);
  static final Sighting MERGED =
      new Sighting.Merged(
          DETAILS,
          "c".repeat(40),
          null,
          List.of(new MergedValue(Samples.LIMIT, "320Mi", null, null)),
          null);
  static final Sighting CLOSED = new Sighting.Closed(DETAILS, null, null);
  static final Sighting NOTHING = new Sighting.Nothing();
  static final Sighting FOREIGN = new Sighting.Foreign("somebody's branch");
  static final Sighting UNFINISHED = new Sighting.Unfinished(SHA);

  static Reply<View> known(Sighting sighting) {
    return known(sighting, Samples.MANIFEST);
  }

  static Reply<View> known(Sighting sighting, @Nullable String file) {
    FileContent content = file == null ? null : FileContent.of(file);
    return new Reply.Known<>(new View(new BaseFile(BASE, content), sighting));
  }

  static Reply<View> notNow(@Nullable Duration after) {
    return new Reply.NotNow<>(
        PullRequestReason.ForgeUnavailable, "away", after, new IOException("away"));
  }

  static Reply<View> wrong() {
    return new Reply.Wrong<>(PullRequestReason.RepositoryNotFound, "no such repository");
  }

  /** What status says of the pull request when a run begins. */
  enum Recorded {
    NOTHING,
    PENDING,
    PENDING_BUT_HELD,
    MISSING,
    MISSING_FOR_LONG,
    MISSING_FOR_LONG_BUT_HELD_SINCE,
    MISSING_BUT_ALLOWED_AGAIN,
    PENDING_BUT_ENDED,
    MISSING_FOR_LONG_AND_ENDED,
    OPEN,
    OPEN_BUT_ENDED
  }

  static Decision<PrIntent> decide(
      Remediation remediation, Reply<View> reply, @Nullable Instant silentSince) {
    return decide(remediation, reply, silentSince, NOW);
  }

  static Decision<PrIntent> decide(
      Remediation remediation, Reply<View> reply, @Nullable Instant silentSince, Instant now) {
    Wish wish = new Wishes(MANIFESTS).of(remediation).orElseThrow();
    return DECIDER.decide(
        new PrSnapshot(remediation, new PrSnapshot.Asked.Answered(wish, reply, silentSince)), now);
  }

  static OwnedStatus status(Decision<PrIntent> decision) {
    return ((PrIntent.Record) decision.intents().getFirst()).status();
  }

  static Remediation begin(Recorded recorded) {
    Remediation planned = Samples.planned(REPOSITORY);
    return switch (recorded) {
      case NOTHING -> planned;
      case PENDING -> after(planned, known(NOTHING));
      case PENDING_BUT_HELD -> Samples.ungated(after(planned, known(NOTHING)));
      case MISSING -> missing(NOW.minus(LATENESS).plusSeconds(1));
      case MISSING_FOR_LONG -> missing(NOW.minus(LATENESS));
      case MISSING_FOR_LONG_BUT_HELD_SINCE ->
          Samples.held(missing(NOW.minus(LATENESS)), NOW.minus(LATENESS).plusSeconds(1));
      case MISSING_BUT_ALLOWED_AGAIN ->
          Samples.told(missing(NOW.minus(LATENESS)), true, Phase.Pending, "ReadyToAct");
      case PENDING_BUT_ENDED -> Samples.ended(after(planned, known(NOTHING)), Phase.Superseded);
      case MISSING_FOR_LONG_AND_ENDED ->
          Samples.ended(missing(NOW.minus(LATENESS)), Phase.Superseded);
      case OPEN -> after(planned, known(OPEN));
      case OPEN_BUT_ENDED -> Samples.ended(after(planned, known(OPEN)), Phase.Expired);
    };
  }

  /** Held back, and the forge has shown nothing since. */
  private static Remediation missing(Instant since) {
    Remediation held = Samples.ungated(after(Samples.planned(REPOSITORY), known(NOTHING)));
    return after(held, known(NOTHING), since);
  }

  static Remediation after(Remediation remediation, Reply<View> reply) {
    return after(remediation, reply, NOW);
  }

  private static Remediation after(Remediation remediation, Reply<View> reply, Instant at) {
    Wish wish = new Wishes(MANIFESTS).of(remediation).orElseThrow();
    Decision<PrIntent> decision =
        DECIDER.decide(new PrSnapshot(remediation, new PrSnapshot.Asked.Answered(wish, reply)), at);
    PrIntent.Record record = (PrIntent.Record) decision.intents().getFirst();
    return Samples.recorded(remediation, record.status());
  }
}
