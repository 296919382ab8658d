// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reasons of the conditions that github-pr-service writes: part of the API. The operator reads them
 * to tell a wait from something that a person must change ({@link #stalls()}). A word of another
 * version of the service, which is none of these, is taken for a wait: times to live bound it, and
 * nobody is called for what may pass by itself.
 */
public enum PullRequestReason implements Reason {
  /** Intended and recorded; the forge is asked next. */
  Pending(Kind.STATE),
  /** Open at the forge, waits for people. */
  Opened(Kind.STATE),
  /** The base has the change. */
  Merged(Kind.STATE),
  /** A person closed it without a merge. */
  Refused(Kind.STATE),
  /** We closed it, because the Remediation ended before its first merge. */
  Withdrawn(Kind.STATE),
  /** The base holds the planned value or more already; no pull request is needed. */
  NotYetSynced(Kind.STATE),

  /** The forge did not answer, or answered 5xx. */
  ForgeUnavailable(Kind.PASSES),
  /** The forge limits requests; it said when to come back, or a minute is waited. */
  RateLimited(Kind.PASSES),
  /** The forge refused our credentials; they may be rotated any moment. */
  Unauthorized(Kind.PASSES),
  /**
   * The file holds neither the value that the plan starts from nor the planned one; a new plan or a
   * new commit to the base ends it.
   */
  ManifestDiffers(Kind.PASSES),
  /** The forge's state changed between reading and writing; read again. */
  ChangedMeanwhile(Kind.PASSES),

  /** The policy names a forge that this service does not have. */
  ForgeUnknown(Kind.STALLS),
  /** The policy names credentials that are not mounted here. */
  CredentialsUnknown(Kind.STALLS),
  /** Credentials are mounted, but a file is missing in them or cannot be read. */
  CredentialsInvalid(Kind.STALLS),
  /** The credentials are mounted, but list other repositories as those that they are for. */
  CredentialsNotForRepository(Kind.STALLS),
  /** The forge accepts our credentials but not what we ask for with them. */
  NotPermitted(Kind.STALLS),
  /** No such repository, or the credentials cannot see it. */
  RepositoryNotFound(Kind.STALLS),
  /** Not an address of a repository that this forge may use. */
  RepositoryInvalid(Kind.STALLS),
  /** The repository has no such base branch. */
  BaseBranchNotFound(Kind.STALLS),
  /** No file at the policy's path, or no regular one. */
  ManifestNotFound(Kind.STALLS),
  /** The file does not hold the object that is to be changed. */
  ObjectNotFound(Kind.STALLS),
  /** The file cannot be changed without guessing; the message has line and reason. */
  ManifestRefused(Kind.STALLS),
  /** A branch of our name exists without our marker. */
  BranchTaken(Kind.STALLS),
  /** The forge refused the branch or the pull request itself, e.g. by a rule for names. */
  ProposalRefused(Kind.STALLS);

  private enum Kind {
    STATE,
    PASSES,
    STALLS
  }

  private final Kind kind;

  PullRequestReason(Kind kind) {
    this.kind = kind;
  }

  /** The reason of that name; empty for a word of another version of the service. */
  public static Optional<PullRequestReason> of(String name) {
    return Stream.of(values()).filter(reason -> reason.name().equals(name)).findFirst();
  }

  /** Whether it says where a pull request stands, and not what is in its way. */
  public boolean isState() {
    return kind == Kind.STATE;
  }

  /** Whether it passes by itself: a wait. */
  public boolean passes() {
    return kind == Kind.PASSES;
  }

  /** Whether the forge cannot be asked at all; that it limits requests is not an outage. */
  public boolean isOutage() {
    return this == ForgeUnavailable || this == Unauthorized;
  }

  /** Whether a person must change something first. */
  public boolean stalls() {
    return kind == Kind.STALLS;
  }

  /**
   * Whether a plan that is made anew may end it, e.g. by another repository of a corrected policy.
   * Until then a plan that is about to be pushed stays as it is.
   */
  public boolean callsForAnotherPlan() {
    return stalls() || this == ManifestDiffers;
  }
}
