// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.pr.intent.FileContent;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Marker;
import io.heal8s.pr.intent.Sighting;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHCommit;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHLabel;
import org.kohsuke.github.GHPullRequest;

/**
 * Reads what there is under a branch. A pull request that status names is read by its number: one
 * request, which costs nothing while nothing happens. Else it is looked for by branch and marker.
 */
record Reading(Place place) {

  private static final int DEEPEST = 30;

  /**
   * What was found.
   *
   * @param pull ours, the newest one; null for none
   * @param tip where the branch points; null when it is gone or was not asked for
   * @param own our commit on it; null when there is none or it was not asked for
   */
  record Found(@Nullable GHPullRequest pull, @Nullable String tip, @Nullable String own) {

    boolean isOpen() {
      return pull != null && pull.getState() == GHIssueState.OPEN;
    }

    /** A branch that others made, with or without a pull request of theirs. */
    boolean isForeign() {
      boolean ours = own != null || (pull != null && !isOpen());
      return tip != null && !ours;
    }
  }

  Found find() throws IOException {
    Integer number = place.inquiry().number();
    if (number != null) {
      try {
        GHPullRequest pull = place.repository().getPullRequest(number);
        String head = pull.getHead().getSha();
        return new Found(pull, head, ownOr(head));
      } catch (IOException failure) {
        if (!GithubFailure.isNotFound(failure)) {
          throw failure;
        }
        // Gone with its repository, which the search below will notice, or transferred.
        place.client().forget(place.name());
      }
    }
    return search();
  }

  private String ownOr(String head) {
    String recorded = place.inquiry().headSHA();
    return recorded == null ? head : recorded;
  }

  /** Looks as if status named nothing. */
  Found search() throws IOException {
    Inquiry inquiry = place.inquiry();
    String head = place.repository().getOwnerName() + ":" + inquiry.branch();
    List<GHPullRequest> pulls =
        place.repository().queryPullRequests().state(GHIssueState.ALL).head(head).list().toList();
    String tip = place.tip(inquiry.branch()).orElse(null);
    String own = tip == null ? null : own(tip);
    GHPullRequest pull =
        pulls.stream()
            .filter(one -> own != null || inquiry.marker().equals(marker(one)))
            .findFirst()
            .orElse(null);
    return new Found(pull, tip, own);
  }

  private static @Nullable Marker marker(GHPullRequest pull) {
    return Optional.ofNullable(pull.getBody()).flatMap(Marker::ofBody).orElse(null);
  }

  private @Nullable String own(String tip) throws IOException {
    List<GHCommit> commits =
        place.repository().queryCommits().from(tip).pageSize(DEEPEST).list().iterator().nextPage();
    for (GHCommit commit : commits) {
      if (place.inquiry().marker().marks(commit.getCommitShortInfo().getMessage())) {
        return commit.getSHA1();
      }
    }
    return null;
  }

  /** What that means, for whoever asked. */
  Sighting sighting(Found found) throws IOException {
    GHPullRequest pull = found.pull();
    if (found.isForeign()) {
      return new Sighting.Foreign(
          "branch %s of %s was not made by heal8s for this Remediation; delete or rename it"
              .formatted(place.inquiry().branch(), place.name()));
    }
    if (pull == null) {
      return found.own() == null ? new Sighting.Nothing() : new Sighting.Unfinished(found.own());
    }
    Sighting.Details details = details(found, pull);
    if (found.isOpen()) {
      // Not yet in status, so that we may have been killed before it had its labels.
      boolean begun = place.inquiry().number() == null && !lacks(pull).isEmpty();
      return begun
          ? new Sighting.Unfinished(Objects.requireNonNull(details.headSHA()))
          : new Sighting.Open(details, null);
    }
    if (pull.isMerged()) {
      return new Sighting.Merged(
          details, pull.getMergeCommitSha(), instant(pull.getMergedAt()), values(), null);
    }
    return new Sighting.Closed(details, instant(pull.getClosedAt()), null);
  }

  /** Labels of the policy that a pull request has not. */
  Set<String> lacks(GHPullRequest pull) {
    Set<String> there = pull.getLabels().stream().map(GHLabel::getName).collect(Collectors.toSet());
    return place.inquiry().repository().labels().stream()
        .filter(label -> there.stream().noneMatch(label::equalsIgnoreCase))
        .collect(Collectors.toSet());
  }

  Sighting.Details details(Found found, GHPullRequest pull) throws IOException {
    Inquiry inquiry = place.inquiry();
    String head = pull.getHead().getSha();
    String own = found.own() == null ? head : found.own();
    return new Sighting.Details(
        pull.getNumber(),
        pull.getHtmlUrl().toString(),
        inquiry.headSHA() == null ? own : inquiry.headSHA(),
        head,
        inquiry.baseSHA(),
        instant(pull.getCreatedAt()));
  }

  private List<MergedValue> values() throws IOException {
    FileContent file = place.file(place.base());
    List<MergedValue> values = file == null ? null : place.inquiry().probe().read(file);
    return values == null ? List.of() : values;
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }
}
