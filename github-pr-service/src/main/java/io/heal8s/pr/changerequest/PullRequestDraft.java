// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Sighting;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of a pull request under construction: what is recorded already stays, unless it is known
 * better. One use, one thread.
 */
final class PullRequestDraft {

  private final Inquiry inquiry;
  private final @Nullable PullRequest recorded;
  private State state;
  private Sighting.Details details = new Sighting.Details(null, null, null, null, null, null);
  private @Nullable String baseSHA;
  private @Nullable String mergeCommit;
  private @Nullable OffsetDateTime openedAt;
  private @Nullable OffsetDateTime mergedAt;
  private @Nullable OffsetDateTime closedAt;
  private List<MergedValue> values = List.of();
  private @Nullable String message;

  PullRequestDraft(Inquiry inquiry, @Nullable PullRequest recorded, State state) {
    this.inquiry = inquiry;
    this.recorded = recorded;
    this.state = state;
  }

  PullRequestDraft details(Sighting.Details seen, Instant now) {
    details = seen;
    openedAt = at(seen.openedAt() == null ? now : seen.openedAt());
    return this;
  }

  PullRequestDraft base(String commit) {
    baseSHA = commit;
    return this;
  }

  PullRequestDraft merged(@Nullable String commit, Instant when) {
    mergeCommit = commit;
    mergedAt = at(when);
    return this;
  }

  PullRequestDraft closed(Instant when) {
    closedAt = at(when);
    return this;
  }

  PullRequestDraft values(List<MergedValue> held) {
    values = held;
    return this;
  }

  PullRequestDraft message(@Nullable String text) {
    message = text;
    return this;
  }

  PullRequest build() {
    PullRequest was = recorded;
    if (was != null) {
      return new PullRequest(
          state,
          inquiry.repository().forge(),
          inquiry.branch(),
          known(details.number(), was.number()),
          known(details.url(), was.url()),
          known(was.headSHA(), details.headSHA()),
          known(known(baseSHA, details.baseSHA()), was.baseSHA()),
          mergeCommit,
          known(was.openedAt(), openedAt),
          mergedAt,
          closedAt,
          values,
          message);
    }
    return new PullRequest(
        state,
        inquiry.repository().forge(),
        inquiry.branch(),
        details.number(),
        details.url(),
        details.headSHA(),
        known(baseSHA, details.baseSHA()),
        mergeCommit,
        openedAt,
        mergedAt,
        closedAt,
        values,
        message);
  }

  private static <T> @Nullable T known(@Nullable T better, @Nullable T other) {
    return better == null ? other : better;
  }

  /** Seconds only: that is what the API server keeps of a date-time. */
  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC).withNano(0);
  }
}
