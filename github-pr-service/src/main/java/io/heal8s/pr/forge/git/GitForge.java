// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.forge.CredentialsDirectory;
import io.heal8s.pr.forge.Forge;
import io.heal8s.pr.intent.BaseFile;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Proposal;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import io.heal8s.pr.intent.View;
import java.io.IOException;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** Any repository by its address; see the package for what a pull request is there. */
public final class GitForge implements Forge, AutoCloseable {

  private final GitSettings settings;
  private final CredentialsDirectory credentials;
  private final Mirrors mirrors;
  private final Pushes pushes;

  /**
   * Git over the network.
   *
   * @param clock time of commits
   * @param nanoTime monotonic time, for the age of mirrors
   */
  public GitForge(
      GitSettings settings, CredentialsDirectory credentials, Clock clock, LongSupplier nanoTime) {
    this.settings = settings;
    this.credentials = credentials;
    this.mirrors = new Mirrors(settings, nanoTime);
    this.pushes = new Pushes(settings, clock);
  }

  @Override
  public String id() {
    return "git";
  }

  @Override
  public Reply<View> look(Inquiry inquiry) {
    return at(
        inquiry,
        (mirror, contents, base) -> {
          try (BranchReading reading = reading(mirror, contents, base, inquiry)) {
            Sighting sighting = sighting(contents, reading, inquiry);
            BaseFile file =
                inquiry.withBase() ? new BaseFile(base.name(), reading.baseFile()) : null;
            return new Reply.Known<>(new View(file, sighting));
          }
        });
  }

  @Override
  public Reply<Sighting> open(Proposal proposal) {
    Inquiry inquiry = proposal.inquiry();
    Reply<Sighting> answer =
        at(inquiry, (mirror, contents, base) -> open(mirror, contents, proposal));
    // Only a new fetch shows who took the branch; a lost reply is found the same way.
    boolean changed =
        answer instanceof Reply.NotNow<Sighting> notNow
            && notNow.reason() == PullRequestReason.ChangedMeanwhile;
    return changed ? look(inquiry).map(View::sighting) : answer;
  }

  private Reply<Sighting> open(Mirror mirror, Mirror.Contents contents, Proposal proposal)
      throws IOException {
    Inquiry inquiry = proposal.inquiry();
    ObjectId parent = ObjectId.fromString(proposal.baseCommit());
    if (!contents.repository().getObjectDatabase().has(parent)) {
      mirror.expire();
      return Pushes.changedMeanwhile();
    }
    ObjectId commit = pushes.commit(contents.repository(), proposal, parent);
    RemoteRefUpdate update = pushes.create(contents.repository(), inquiry.branch(), commit);
    return switch (pushes.send(mirror, contents.repository(), update)) {
      case Pushes.Sent.Done() ->
          new Reply.Known<>(
              new Sighting.Open(
                  new Sighting.Details(
                      null,
                      url(mirror) + "#" + inquiry.branch(),
                      commit.name(),
                      commit.name(),
                      parent.name(),
                      null),
                  null));
      case Pushes.Sent.Changed() -> Pushes.changedMeanwhile();
      case Pushes.Sent.Refused(String said) ->
          new Reply.Wrong<>(
              PullRequestReason.ProposalRefused,
              url(mirror) + " refused branch " + inquiry.branch() + said);
    };
  }

  @Override
  public Reply<Sighting> withdraw(Inquiry inquiry, String why) {
    return at(
        inquiry,
        true,
        (mirror, contents, base) -> {
          try (BranchReading reading = reading(mirror, contents, base, inquiry)) {
            Sighting sighting = reading.sighting();
            return sighting instanceof Sighting.Open(Sighting.Details details, var note)
                ? withdraw(mirror, contents, reading, inquiry, details)
                : new Reply.Known<>(sighting);
          }
        });
  }

  private Reply<Sighting> withdraw(
      Mirror mirror,
      Mirror.Contents contents,
      BranchReading reading,
      Inquiry inquiry,
      Sighting.Details details)
      throws IOException {
    ObjectId tip = reading.tip();
    if (tip == null || !reading.untouched()) {
      return new Reply.Known<>(
          new Sighting.Closed(
              details, null, "the branch was left, because somebody else pushed to it"));
    }
    RemoteRefUpdate update = pushes.delete(contents.repository(), inquiry.branch(), tip);
    return switch (pushes.send(mirror, contents.repository(), update)) {
      case Pushes.Sent.Done() -> new Reply.Known<>(new Sighting.Closed(details, null, null));
      case Pushes.Sent.Changed() -> Pushes.changedMeanwhile();
      case Pushes.Sent.Refused(String said) ->
          new Reply.Wrong<>(
              PullRequestReason.ProposalRefused,
              url(mirror) + " refused to delete branch " + inquiry.branch() + said);
    };
  }

  /** A branch that is gone counts as refused only when the next fetch shows no merge either. */
  private static Sighting sighting(Mirror.Contents contents, BranchReading reading, Inquiry inquiry)
      throws IOException {
    Sighting sighting = reading.sighting();
    if (!(sighting instanceof Sighting.Nothing) || inquiry.headSHA() == null) {
      contents.gone().remove(inquiry.branch());
      return sighting;
    }
    long first = contents.gone().computeIfAbsent(inquiry.branch(), b -> contents.fetches());
    if (contents.fetches() == first) {
      return new Sighting.Open(
          reading.goneDetails(),
          "the branch is gone; it counts as refused if the next look shows no merge either");
    }
    contents.gone().remove(inquiry.branch());
    return new Sighting.Closed(reading.goneDetails(), null, "the branch was deleted");
  }

  /** One use of a fresh mirror in which the base branch exists. */
  @FunctionalInterface
  private interface Use<T> {
    Reply<T> with(Mirror mirror, Mirror.Contents contents, ObjectId base) throws IOException;
  }

  private <T> Reply<T> at(Inquiry inquiry, Use<T> use) {
    return at(inquiry, false, use);
  }

  private <T> Reply<T> at(Inquiry inquiry, boolean asOfNow, Use<T> use) {
    Repository wanted = inquiry.repository();
    return RemoteAddress.parse(wanted.repository(), settings.schemes())
        .then(
            address ->
                credentials
                    .find(wanted.credentials(), address.shown())
                    .then(mounted -> HttpCredentials.bound(address, mounted))
                    .then(
                        mounted -> {
                          Mirror mirror = mirrors.of(address, mounted);
                          if (asOfNow) {
                            mirror.expire();
                          }
                          return use(mirror, wanted.baseBranch(), use);
                        }));
  }

  private <T> Reply<T> use(Mirror mirror, String baseBranch, Use<T> use) {
    try {
      return mirror.with(
          baseBranch,
          contents -> {
            Ref ref = contents.repository().exactRef(Constants.R_HEADS + baseBranch);
            ObjectId base = ref == null ? null : ref.getObjectId();
            if (base == null || contents.missing().contains(baseBranch)) {
              return new Reply.Wrong<>(
                  PullRequestReason.BaseBranchNotFound,
                  "%s has no branch %s; correct baseBranch in the policy's repositories"
                      .formatted(url(mirror), baseBranch));
            }
            return use.with(mirror, contents, base);
          });
    } catch (IOException | JGitInternalException failure) {
      return GitTrouble.answer(mirror.remote().address(), failure);
    } catch (RuntimeException failure) {
      if (failure.getCause() instanceof IOException hidden) {
        return GitTrouble.answer(mirror.remote().address(), hidden);
      }
      throw failure;
    }
  }

  private BranchReading reading(
      Mirror mirror, Mirror.Contents contents, ObjectId base, Inquiry inquiry) throws IOException {
    return new BranchReading(
        contents.repository(), base, inquiry, url(mirror), settings.longestFile());
  }

  private static String url(Mirror mirror) {
    return mirror.remote().address().shown();
  }

  @Override
  public void close() {
    mirrors.close();
  }
}
