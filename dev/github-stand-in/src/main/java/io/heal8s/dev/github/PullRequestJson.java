// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pull requests as the REST API shows them. */
record PullRequestJson(Links links, Caller caller) {

  /** Whole as by number, or as in a list, which leaves the merge out. */
  ObjectNode shown(HostedPullRequest pull, boolean whole) {
    HostedRepository repository = pull.repository();
    boolean open = pull.state() == HostedPullRequest.State.OPEN;
    boolean merged = pull.state() == HostedPullRequest.State.MERGED;
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", repository.id() * 1000L + pull.number())
            .put("node_id", pull.nodeId())
            .put("number", pull.number())
            .put("state", open ? "open" : "closed")
            .put("title", pull.title())
            .put("body", pull.body())
            .put("url", links.api(repository, "/pulls/" + pull.number()))
            .put("html_url", links.page(repository, "/pull/" + pull.number()))
            .put("created_at", Times.shown(pull.openedAt()))
            .put("updated_at", Times.shown(pull.openedAt()))
            .put("draft", false);
    body.put("closed_at", pull.closedAt() == null ? null : Times.shown(pull.closedAt()));
    body.put("merged_at", !merged || pull.closedAt() == null ? null : Times.shown(pull.closedAt()));
    body.put("merge_commit_sha", pull.mergeCommit() == null ? null : pull.mergeCommit().name());
    body.set("user", RepositoryRoutes.user(pull.author(), links));
    end(body.putObject("head"), pull, pull.head(), pull.headSha().name());
    end(body.putObject("base"), pull, pull.base(), pull.headSha().name());
    labels(body.putArray("labels"), pull);
    reviewers(body, pull);
    if (pull.autoMerge() != null) {
      body.putObject("auto_merge")
          .put("merge_method", pull.autoMerge().toLowerCase(Locale.ROOT))
          .set("enabled_by", RepositoryRoutes.user(pull.author(), links));
    }
    if (whole) {
      body.put("merged", merged);
      body.put("mergeable_state", open ? "clean" : "unknown");
      body.put("comments", pull.comments().size());
    }
    return body;
  }

  private void end(ObjectNode end, HostedPullRequest pull, String branch, String sha) {
    HostedRepository repository = pull.repository();
    end.put("ref", branch).put("sha", sha).put("label", repository.owner() + ":" + branch);
    end.set("repo", RepositoryRoutes.shown(repository, links, caller));
    end.set("user", RepositoryRoutes.user(repository.owner(), links));
  }

  static void labels(ArrayNode list, HostedPullRequest pull) {
    for (String label : pull.labels()) {
      list.addObject().put("name", label).put("node_id", "LA_" + label).put("color", "ededed");
    }
  }

  private void reviewers(ObjectNode body, HostedPullRequest pull) {
    ArrayNode users = body.putArray("requested_reviewers");
    pull.reviewers().forEach(login -> users.add(RepositoryRoutes.user(login, links)));
    ArrayNode teams = body.putArray("requested_teams");
    pull.teams().forEach(slug -> teams.addObject().put("slug", slug).put("name", slug));
  }
}
