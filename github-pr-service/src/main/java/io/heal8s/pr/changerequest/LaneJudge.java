// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.changerequest.StatusRecorder.Recorded;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a forge's reply about one pull request means for status, whoever asked and why. */
final class LaneJudge {

  static final Duration SOON = Duration.ofMillis(100);

  private final Remediation remediation;
  private final Inquiry inquiry;
  private final PrTimes times;
  private final Instant now;
  private final StatusRecorder recorder;

  LaneJudge(Remediation remediation, Inquiry inquiry, PrTimes times, Instant now) {
    this.remediation = remediation;
    this.inquiry = inquiry;
    this.times = times;
    this.now = now;
    this.recorder = new StatusRecorder(remediation, inquiry, now);
  }

  StatusRecorder recorder() {
    return recorder;
  }

  /** No reply. Only where nothing is open yet do people need to be told what it waits for. */
  Decision<PrIntent> notNow(Reply.NotNow<?> reply, boolean tell) {
    Outcome outcome = again(reply);
    return tell
        ? record(recorder.trouble(reply.reason(), reply.message()), outcome)
        : Decision.nothing(outcome);
  }

  /**
   * No reply about a pull request that is there: its state stays what it was. People are told once
   * per outage, when it lasts.
   *
   * @param since when the forge fell silent, null if that is not known
   */
  Decision<PrIntent> silent(Reply.NotNow<?> reply, @Nullable Instant since) {
    boolean lasts = since != null && !now.isBefore(since.plus(times.silence()));
    return lasts && reply.reason().isOutage()
        ? record(recorder.silent(reply.reason(), reply.message()), again(reply))
        : Decision.nothing(again(reply));
  }

  private static Outcome again(Reply.NotNow<?> reply) {
    Throwable cause = reply.cause() == null ? new IOException(reply.message()) : reply.cause();
    return switch (reply.after()) {
      case Duration after -> Outcome.waiting(after, reply.reason());
      case null -> new Outcome.Retry(reply.reason(), cause);
    };
  }

  /** Something that a person has to change before there can be a pull request. */
  Decision<PrIntent> blocked(PullRequestReason reason, String message) {
    Outcome outcome =
        reason.passes() ? Outcome.waiting(times.poll(), reason) : stalled(reason, message);
    return record(recorder.trouble(reason, message), outcome);
  }

  Outcome stalled(PullRequestReason reason, String message) {
    return new Outcome.Stalled(reason, message, now.plus(times.stalled()));
  }

  /** What became of a pull request that is there, as far as people decided it. */
  Decision<PrIntent> settled(Sighting.Merged seen) {
    return record(recorder.seen(seen), Outcome.DONE);
  }

  Decision<PrIntent> open(Sighting.Open seen) {
    return record(recorder.seen(seen), polling());
  }

  Decision<PrIntent> refused(Sighting.Closed seen) {
    return record(recorder.refused(seen), Outcome.DONE);
  }

  Decision<PrIntent> withdrawn(Sighting.@Nullable Closed seen) {
    return record(recorder.withdrawn(seen, why()), Outcome.DONE);
  }

  Decision<PrIntent> note(PullRequestReason reason, String message, Outcome outcome) {
    return record(recorder.note(reason, message), outcome);
  }

  /** Writes only what differs from what is written. */
  Decision<PrIntent> record(Recorded recorded, Outcome outcome) {
    if (recorded.status().equals(recorder.current())) {
      return Decision.nothing(outcome);
    }
    return new Decision<>(
        List.of(new PrIntent.Record(remediation, recorded.status())), outcome, recorded.events());
  }

  Outcome polling() {
    return Outcome.waiting(times.poll(), WaitReason.AwaitingReview);
  }

  String why() {
    RemediationStatus status = remediation.statusOrEmpty();
    String reason = status.reason() == null ? "" : " (" + status.reason() + ")";
    return "the Remediation ended as " + status.phase() + reason;
  }

  /**
   * The forge shows nothing of what was intended. It may come late, so that is given up only when
   * it is still missing a while after it was first missed, and after the gate last spoke.
   */
  Decision<PrIntent> missing(Recorded givenUp) {
    Recorded missing = recorder.missing();
    Instant since =
        Stream.concat(
                missing.status().conditions().stream()
                    .filter(said -> said.type().equals(inquiry.lane().open().name())),
                Stream.ofNullable(remediation.statusOrEmpty().condition(ConditionType.Gated)))
            .flatMap(said -> Stream.ofNullable(said.lastTransitionTime()))
            .map(OffsetDateTime::toInstant)
            .max(Comparator.naturalOrder())
            .orElse(now);
    Duration rest = Duration.between(now, since.plus(times.lateness()));
    if (!rest.isPositive()) {
      return record(givenUp, Outcome.DONE);
    }
    Duration pause = rest.compareTo(times.poll()) < 0 ? rest : times.poll();
    return record(missing, Outcome.waiting(pause, WaitReason.MayComeLate));
  }

  /** Whether the forge showed nothing when it was last asked after the recorded intent. */
  boolean isMissing() {
    return recorder.current().conditions().stream()
        .anyMatch(
            said ->
                said.type().equals(inquiry.lane().open().name())
                    && said.status() == Condition.Status.Unknown);
  }

  boolean isIntentOnly() {
    PullRequest recorded = recorder.current().of(inquiry.lane());
    return recorded != null && recorded.state() == PullRequest.State.Pending;
  }

  Inquiry inquiry() {
    return inquiry;
  }
}
