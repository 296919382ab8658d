// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Commits as the REST API shows them. */
record GitJson(HostedRepository repository, Links links) {

  /** With its metadata under {@code commit}, as under commits and branches. */
  ObjectNode commit(RevCommit commit) {
    ObjectNode shown = identity(commit);
    ObjectNode inner = shown.putObject("commit");
    content(commit, inner);
    return shown;
  }

  /** As the git database shows it. */
  ObjectNode gitCommit(RevCommit commit) {
    ObjectNode shown = identity(commit);
    content(commit, shown);
    return shown;
  }

  private ObjectNode identity(RevCommit commit) {
    ObjectNode shown =
        JsonNodeFactory.instance
            .objectNode()
            .put("sha", commit.name())
            .put("node_id", "C_" + commit.name())
            .put("url", links.api(repository, "/commits/" + commit.name()))
            .put("html_url", links.page(repository, "/commit/" + commit.name()));
    ArrayNode parents = shown.putArray("parents");
    for (RevCommit parent : commit.getParents()) {
      parents
          .addObject()
          .put("sha", parent.name())
          .put("url", links.api(repository, "/commits/" + parent.name()))
          .put("html_url", links.page(repository, "/commit/" + parent.name()));
    }
    return shown;
  }

  private void content(RevCommit commit, ObjectNode shown) {
    shown.put("message", commit.getFullMessage());
    shown
        .putObject("tree")
        .put("sha", commit.getTree().name())
        .put("url", links.api(repository, "/git/trees/" + commit.getTree().name()));
    shown.set("author", person(commit.getAuthorIdent()));
    shown.set("committer", person(commit.getCommitterIdent()));
  }

  private static ObjectNode person(PersonIdent who) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", who.getName())
        .put("email", who.getEmailAddress())
        .put("date", Times.shown(who.getWhenAsInstant()));
  }
}
