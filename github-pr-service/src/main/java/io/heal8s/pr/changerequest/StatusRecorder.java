// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.OwnedStatus;
import io.heal8s.pr.intent.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was intended, seen or done into our part of status and what people are told of it once
 * it is written. The same trouble gives the same status, so that nothing is written at rest.
 */
public final class StatusRecorder {

  /**
   * Status to write and what to say once it is written.
   *
   * @param status all of our fields
   * @param events for people, to be told only if the status differs from what is written
   */
  public record Recorded(OwnedStatus status, List<Announcement> events) {

    public Recorded {
      events = List.copyOf(events);
    }
  }

  private final Remediation remediation;
  private final Inquiry inquiry;
  private final OwnedStatus current;
  private final @Nullable PullRequest recorded;
  private final Instant now;

  /** Records one pull request of a Remediation, from what its status says now. */
  public StatusRecorder(Remediation remediation, Inquiry inquiry, Instant now) {
    this.remediation = remediation;
    this.inquiry = inquiry;
    this.current = OwnedStatus.of(remediation.statusOrEmpty());
    this.recorded = current.of(inquiry.lane());
    this.now = now;
  }

  /** Our part of status as it is. */
  public OwnedStatus current() {
    return current;
  }

  /** The intent, before the forge is touched. */
  public Recorded pending(String baseCommit) {
    PullRequest next = draft(State.Pending).base(baseCommit).build();
    return quiet(
        open(
            current.with(inquiry.lane(), next, null),
            false,
            PullRequestReason.Pending,
            "the pull request is opened next"));
  }

  /** The forge shows nothing of it: missing since now, unless it was missing before. */
  public Recorded missing() {
    String message = "the forge does not show the pull request, which may come late";
    Condition.Status unknown = Condition.Status.Unknown;
    PullRequestReason reason = PullRequestReason.Pending;
    return quiet(current.with(inquiry.lane().open(), unknown, reason, message, generation(), now));
  }

  /** The recorded intent was not carried out, and is given up: there is no pull request. */
  public Recorded notMade() {
    return quiet(current.without(inquiry.lane()));
  }

  /** The base has what is planned already: there is nothing to propose. */
  public Recorded notYetSynced(String baseCommit, List<MergedValue> values) {
    String message =
        inquiry.repository().baseBranch()
            + " holds the planned values or more already; the cluster has yet to take them over";
    PullRequest next =
        draft(State.NotYetSynced).base(baseCommit).values(values).message(message).build();
    OwnedStatus status = current.with(inquiry.lane(), next, null);
    return new Recorded(
        open(status, false, PullRequestReason.NotYetSynced, message),
        List.of(normal(PullRequestReason.NotYetSynced, message)));
  }

  /** What keeps us from a pull request. */
  public Recorded trouble(PullRequestReason reason, String message) {
    return new Recorded(
        open(current, false, reason, message), List.of(warning(reason, "NotOpened", message)));
  }

  /** Something a person should know of a pull request whose state is as it was. */
  public Recorded note(PullRequestReason reason, String message) {
    PullRequest was = recorded;
    if (was == null || was.state() == null) {
      return quiet(current);
    }
    PullRequest next = draft(was.state()).values(was.mergedValues()).message(message).build();
    return new Recorded(
        current.with(inquiry.lane(), next, null), List.of(warning(reason, "Unclear", message)));
  }

  /**
   * The forge has said nothing for a while of a pull request that is there. Its condition keeps its
   * status and carries the reason, which is how the next run knows that people were told.
   */
  public Recorded silent(PullRequestReason reason, String message) {
    Condition open = openCondition();
    PullRequest was = recorded;
    if (open == null || was == null || reason.name().equals(open.reason())) {
      return quiet(current);
    }
    String text = "what became of " + address(was) + " cannot be seen: " + message;
    OwnedStatus status =
        current.with(inquiry.lane().open(), open.status(), reason, text, generation(), now);
    return new Recorded(status, List.of(warning(reason, "Unseen", text)));
  }

  private @Nullable Condition openCondition() {
    return current.conditions().stream()
        .filter(condition -> condition.type().equals(inquiry.lane().open().name()))
        .findFirst()
        .orElse(null);
  }

  /** Whether people were told that the forge is silent. */
  private boolean wasSilent() {
    Condition open = openCondition();
    return open != null
        && Stream.of(PullRequestReason.values())
            .filter(PullRequestReason::isOutage)
            .anyMatch(reason -> reason.name().equals(open.reason()));
  }

  /** What a forge showed of a pull request that it has. */
  public Recorded seen(Sighting.Open seen) {
    PullRequest next = draft(State.Open).details(seen.details(), now).message(noteOf(seen)).build();
    OwnedStatus status =
        open(
            current.with(inquiry.lane(), next, seen.details().tipSHA()),
            true,
            PullRequestReason.Opened,
            address(next) + " waits for review");
    boolean first = recorded == null || recorded.state() != State.Open;
    if (first) {
      return new Recorded(
          status, List.of(normal(PullRequestReason.Opened, "Opened " + address(next))));
    }
    return wasSilent()
        ? new Recorded(
            status,
            List.of(
                announcement(
                    Announcement.Type.Normal,
                    "SeenAgain",
                    "SeenAgain",
                    address(next) + " is seen again and waits for review")))
        : quiet(status);
  }

  /** The base has the change. */
  public Recorded seen(Sighting.Merged seen) {
    PullRequest next =
        draft(State.Merged)
            .details(seen.details(), now)
            .merged(seen.mergeCommit(), seen.at() == null ? now : seen.at())
            .values(seen.values())
            .message(seen.note())
            .build();
    String message = address(next) + " was merged";
    OwnedStatus status = current.with(inquiry.lane(), next, seen.details().tipSHA());
    status = open(status, false, PullRequestReason.Merged, message);
    status = settle(status, Condition.Status.True, PullRequestReason.Merged, message);
    return new Recorded(status, List.of(normal(PullRequestReason.Merged, message)));
  }

  /** A person closed the pull request. */
  public Recorded refused(Sighting.Closed seen) {
    PullRequest next = closed(seen.details(), seen.at(), seen.note());
    String message = address(next) + " was closed without a merge";
    OwnedStatus status = current.with(inquiry.lane(), next, seen.details().tipSHA());
    status = open(status, false, PullRequestReason.Refused, message);
    status = settle(status, Condition.Status.False, PullRequestReason.Refused, message);
    return new Recorded(status, List.of(warning(PullRequestReason.Refused, "Refused", message)));
  }

  /**
   * The pull request was no longer wanted and is closed.
   *
   * @param seen how the forge shows it; null when there never was one
   */
  public Recorded withdrawn(Sighting.@Nullable Closed seen, String why) {
    if (seen == null) {
      PullRequest next = draft(State.Closed).closed(now).message(why).build();
      return quiet(withdrawn(current.with(inquiry.lane(), next, null), why));
    }
    String note = seen.note() == null ? why : why + "; " + seen.note();
    PullRequest next = closed(seen.details(), seen.at(), note);
    OwnedStatus status = current.with(inquiry.lane(), next, seen.details().tipSHA());
    return new Recorded(
        withdrawn(status, why),
        List.of(normal(PullRequestReason.Withdrawn, "Closed " + address(next) + ": " + why)));
  }

  private OwnedStatus withdrawn(OwnedStatus status, String why) {
    OwnedStatus next = open(status, false, PullRequestReason.Withdrawn, why);
    return settle(next, Condition.Status.False, PullRequestReason.Withdrawn, why);
  }

  private PullRequest closed(
      Sighting.Details details, @Nullable Instant at, @Nullable String note) {
    return draft(State.Closed)
        .details(details, now)
        .closed(at == null ? now : at)
        .message(note)
        .build();
  }

  private PullRequestDraft draft(State state) {
    return new PullRequestDraft(inquiry, recorded, state);
  }

  private OwnedStatus open(
      OwnedStatus status, boolean open, PullRequestReason reason, String message) {
    return status.with(
        inquiry.lane().open(),
        open ? Condition.Status.True : Condition.Status.False,
        reason,
        message,
        generation(),
        now);
  }

  private OwnedStatus settle(
      OwnedStatus status, Condition.Status merged, PullRequestReason reason, String message) {
    return status.with(inquiry.lane().merged(), merged, reason, message, generation(), now);
  }

  private @Nullable Long generation() {
    return remediation.metadata().getGeneration();
  }

  private static Recorded quiet(OwnedStatus status) {
    return new Recorded(status, List.of());
  }

  private Announcement normal(PullRequestReason reason, String message) {
    return announcement(Announcement.Type.Normal, reason.name(), reason.name(), message);
  }

  private Announcement warning(PullRequestReason reason, String what, String message) {
    return announcement(Announcement.Type.Warning, reason.name(), what, message);
  }

  /** Both lanes of a Remediation have the same reasons; their events are series of their own. */
  private Announcement announcement(
      Announcement.Type type, String reason, String what, String message) {
    String lane =
        switch (inquiry.lane()) {
          case CHANGE -> "PullRequest";
          case REVERT -> "Revert";
        };
    return new Announcement(type, reason, Inert.event(message), lane + what, lane + reason);
  }

  /** How people are shown a pull request; a branch where the forge has no pull requests. */
  private String address(PullRequest request) {
    String what =
        request.number() == null
            ? "branch " + request.branch()
            : "pull request #" + request.number();
    String full = inquiry.lane() == Lane.REVERT ? "revert " + what : what;
    return request.url() == null ? full : full + " (" + request.url() + ")";
  }

  private static @Nullable String noteOf(Sighting.Open seen) {
    Sighting.Details details = seen.details();
    if (details.tipSHA() == null || Objects.equals(details.tipSHA(), details.headSHA())) {
      return seen.note();
    }
    String moved =
        "somebody pushed to the branch; its head is now " + details.tipSHA() + ", left as it is";
    return seen.note() == null ? moved : moved + "; " + seen.note();
  }
}
