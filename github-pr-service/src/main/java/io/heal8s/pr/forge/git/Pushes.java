// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.Proposal;
import io.heal8s.pr.intent.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * Writes to remotes, never with force: a branch is created only where there is none and deleted
 * only where it still points to what was read.
 */
final class Pushes {

  /** What a remote made of an update. */
  sealed interface Sent {
    record Done() implements Sent {}

    record Changed() implements Sent {}

    record Refused(String said) implements Sent {}
  }

  private final GitSettings settings;
  private final Clock clock;

  Pushes(GitSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** A commit on top of the proposal's base, so far only in the mirror. */
  ObjectId commit(Repository mirror, Proposal proposal, ObjectId parent) throws IOException {
    OneFile file = new OneFile(proposal.inquiry().repository().path());
    try (ObjectInserter inserter = mirror.newObjectInserter();
        ObjectReader reader = mirror.newObjectReader();
        RevWalk walk = new RevWalk(reader)) {
      ObjectId tree = walk.parseCommit(parent).getTree();
      CommitBuilder commit = new CommitBuilder();
      commit.setParentId(parent);
      commit.setTreeId(file.replace(reader, inserter, tree, proposal.content()));
      PersonIdent author =
          new PersonIdent(
              settings.authorName(), settings.authorEmail(), clock.instant(), ZoneOffset.UTC);
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage(proposal.text().commitMessage());
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  /** Creates a branch that must not exist yet. */
  RemoteRefUpdate create(Repository mirror, String branch, ObjectId commit) throws IOException {
    return new RemoteRefUpdate(
        mirror, commit.name(), commit, Constants.R_HEADS + branch, false, null, ObjectId.zeroId());
  }

  /** Deletes a branch that must still point there. */
  RemoteRefUpdate delete(Repository mirror, String branch, ObjectId tip) throws IOException {
    return new RemoteRefUpdate(
        mirror, null, ObjectId.zeroId(), Constants.R_HEADS + branch, false, null, tip);
  }

  /** Sends an update; whatever is not clearly done makes the next look fetch. */
  Sent send(Mirror mirror, Repository repository, RemoteRefUpdate update) throws IOException {
    RemoteRefUpdate answered;
    try {
      answered = mirror.remote().push(repository, update);
    } catch (IOException lost) {
      // It may have been done all the same.
      mirror.expire();
      throw lost;
    }
    return switch (answered.getStatus()) {
      case OK, UP_TO_DATE, NON_EXISTING -> {
        record(repository, answered);
        yield new Sent.Done();
      }
      case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD -> {
        mirror.expire();
        yield new Sent.Changed();
      }
      case REJECTED_NODELETE, REJECTED_OTHER_REASON, NOT_ATTEMPTED, AWAITING_REPORT -> {
        mirror.expire();
        String said = answered.getMessage();
        yield new Sent.Refused(said == null ? "" : ": " + said.strip());
      }
    };
  }

  /** Keeps the mirror like the remote, so that the next look needs no fetch to see our branch. */
  private static void record(Repository repository, RemoteRefUpdate done) throws IOException {
    RefUpdate local = repository.updateRef(done.getRemoteName());
    local.setForceUpdate(true);
    if (done.isDelete()) {
      local.delete();
    } else {
      local.setNewObjectId(done.getNewObjectId());
      local.update();
    }
  }

  /** The answer that asks for a new look. */
  static <T> Reply<T> changedMeanwhile() {
    return new Reply.NotNow<>(
        PullRequestReason.ChangedMeanwhile,
        "the repository changed while it was written to; it is read again",
        null,
        null);
  }
}
