// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes one file by one commit, as {@code PUT contents} does. */
record FileWrite(HostedRepository repository, Links links, Call call) {

  Answer answer() throws IOException {
    String branch = call.json().path("branch").asString(repository.defaultBranch());
    Optional<ObjectId> tip = repository.branch(branch);
    Trees trees = new Trees(repository.git());
    try (RevWalk walk = new RevWalk(repository.git())) {
      ObjectId tree = tip.isEmpty() ? null : walk.parseCommit(tip.get()).getTree();
      String there = tree == null ? "" : there(tree);
      if (!there.equals(call.json().path("sha").asString(""))) {
        return there.isEmpty() || call.json().has("sha")
            ? Answer.error(409, call.path("path") + " does not match")
            : Answer.error(422, "Invalid request.\n\n\"sha\" wasn't supplied.");
      }
      ObjectId blob =
          trees.blob(Base64.getMimeDecoder().decode(call.json().path("content").asString()));
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(trees.with(tree, call.path("path"), FileMode.REGULAR_FILE, blob));
      tip.ifPresent(commit::setParentId);
      commit.setMessage(call.json().path("message").asString());
      PersonIdent who =
          new PersonIdent(call.who().login(), "noreply@example.org", Instant.now(), ZoneOffset.UTC);
      commit.setAuthor(who);
      commit.setCommitter(who);
      ObjectId made = trees.commit(commit);
      if (!repository.move(branch, tip.orElse(ObjectId.zeroId()), made)) {
        return Answer.error(409, "the branch moved");
      }
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.putObject("content").put("path", call.path("path")).put("sha", blob.name());
      body.putObject("commit").put("sha", made.name());
      return there.isEmpty() ? Answer.created(body) : Answer.ok(body);
    }
  }

  private String there(ObjectId tree) throws IOException {
    try (TreeWalk entry = TreeWalk.forPath(repository.git(), call.path("path"), tree)) {
      return entry == null ? "" : entry.getObjectId(0).name();
    }
  }
}
