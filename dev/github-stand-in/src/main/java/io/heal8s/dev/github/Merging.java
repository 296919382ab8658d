// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.Merger;
import org.eclipse.jgit.merge.ThreeWayMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** The three ways in which a pull request is merged; empty for a conflict. */
record Merging(Repository git, String login, Instant now) {

  Optional<ObjectId> byCommit(ObjectId base, ObjectId head, String message) throws IOException {
    Optional<ObjectId> tree = tree(base, head);
    return tree.isEmpty()
        ? Optional.empty()
        : Optional.of(commit(tree.get(), List.of(base, head), message));
  }

  Optional<ObjectId> squashed(ObjectId base, ObjectId head, String message) throws IOException {
    Optional<ObjectId> tree = tree(base, head);
    return tree.isEmpty()
        ? Optional.empty()
        : Optional.of(commit(tree.get(), List.of(base), message));
  }

  Optional<ObjectId> rebased(ObjectId base, ObjectId head) throws IOException {
    ObjectId onto = base;
    for (RevCommit commit : own(base, head)) {
      ThreeWayMerger merger = MergeStrategy.RECURSIVE.newMerger(git, true);
      merger.setBase(commit.getParent(0));
      if (!merger.merge(onto, commit)) {
        return Optional.empty();
      }
      onto = commit(merger.getResultTreeId(), List.of(onto), commit.getFullMessage());
    }
    return Optional.of(onto);
  }

  private List<RevCommit> own(ObjectId base, ObjectId head) throws IOException {
    try (RevWalk walk = new RevWalk(git)) {
      walk.sort(RevSort.TOPO);
      walk.sort(RevSort.REVERSE, true);
      walk.markStart(walk.parseCommit(head));
      walk.markUninteresting(walk.parseCommit(base));
      List<RevCommit> commits = new ArrayList<>();
      for (RevCommit commit : walk) {
        walk.parseBody(commit);
        commits.add(commit);
      }
      return commits;
    }
  }

  private Optional<ObjectId> tree(ObjectId base, ObjectId head) throws IOException {
    Merger merger = MergeStrategy.RECURSIVE.newMerger(git, true);
    return merger.merge(base, head) ? Optional.of(merger.getResultTreeId()) : Optional.empty();
  }

  private ObjectId commit(ObjectId tree, List<ObjectId> parents, String message)
      throws IOException {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    commit.setMessage(message);
    PersonIdent who =
        new PersonIdent(login, login + "@users.noreply.example.org", now, ZoneOffset.UTC);
    commit.setAuthor(who);
    commit.setCommitter(who);
    try (ObjectInserter inserter = git.newObjectInserter()) {
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }
}
