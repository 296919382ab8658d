// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** What callers with the right to write can change. */
record GraphqlMutations(Hosting hosting, Links links) {

  Object createRef(GraphqlFields fields) throws IOException, GraphqlRefusedException {
    HostedRepository repository = written(fields);
    String name = fields.text("name");
    if (!name.startsWith(Constants.R_HEADS) || !Repository.isValidRefName(name)) {
      throw new GraphqlRefusedException("UNPROCESSABLE", name + " is not a valid ref name.");
    }
    String branch = name.substring(Constants.R_HEADS.length());
    ObjectId target = RepositoryRoutes.resolve(repository, fields.text("oid"));
    if (target == null) {
      throw new GraphqlRefusedException("UNPROCESSABLE", "Object does not exist");
    }
    if (!repository.move(branch, ObjectId.zeroId(), target)) {
      throw new GraphqlRefusedException(
          "UNPROCESSABLE", "A ref named \"" + name + "\" already exists in the repository.");
    }
    Map<String, Object> ref =
        Map.of(
            "__typename",
            "Ref",
            "id",
            "REF_" + branch,
            "name",
            branch,
            "target",
            Map.of("__typename", "Commit", "oid", target.name()));
    return Map.of("ref", ref);
  }

  Object updateRefs(GraphqlFields fields) throws IOException, GraphqlRefusedException {
    HostedRepository repository = written(fields);
    Collection<?> updates =
        (Collection<?>) Objects.requireNonNull(fields.input().get("refUpdates"));
    if (updates.size() != 1) {
      throw new GraphqlRefusedException("UNPROCESSABLE", "the stand-in updates one ref at a time");
    }
    Map<?, ?> update = (Map<?, ?>) updates.iterator().next();
    String branch = String.valueOf(update.get("name")).replaceFirst("^refs/heads/", "");
    ObjectId tip = repository.branch(branch).orElse(ObjectId.zeroId());
    Object before = update.get("beforeOid");
    ObjectId after = ObjectId.fromString(String.valueOf(update.get("afterOid")));
    boolean asRead = before == null || before.equals(tip.name());
    if (!asRead || !repository.move(branch, tip, after)) {
      throw new GraphqlRefusedException(
          "UNPROCESSABLE", "Reference update failed: " + branch + " has moved");
    }
    return none();
  }

  Object createPullRequest(GraphqlFields fields) throws IOException, GraphqlRefusedException {
    HostedRepository repository = written(fields);
    return switch (new Opening(repository, fields.caller().login())
        .open(
            fields.text("headRefName"),
            fields.text("baseRefName"),
            fields.text("title"),
            fields.text("body"))) {
      case Opening.Opened(HostedPullRequest pull) -> Map.of("pullRequest", shown(pull));
      case Opening.Refused(String message) ->
          throw new GraphqlRefusedException("UNPROCESSABLE", message);
    };
  }

  Object closePullRequest(GraphqlFields fields) throws GraphqlRefusedException {
    HostedPullRequest pull = pull(fields, "pullRequestId");
    if (pull.state() == HostedPullRequest.State.MERGED) {
      throw new GraphqlRefusedException("UNPROCESSABLE", "Pull request is merged");
    }
    if (pull.state() == HostedPullRequest.State.OPEN) {
      pull.repository().close(pull.number());
    }
    return Map.of("pullRequest", shown(pull));
  }

  Object addComment(GraphqlFields fields) throws GraphqlRefusedException {
    pull(fields, "subjectId").comments().add(fields.text("body"));
    return none();
  }

  Object enableAutoMerge(GraphqlFields fields) throws GraphqlRefusedException {
    HostedPullRequest pull = pull(fields, "pullRequestId");
    if (!pull.repository().allowsAutoMerge()) {
      throw new GraphqlRefusedException(
          "UNPROCESSABLE", "Pull request Auto merge is not allowed for this repository");
    }
    pull.mergesItself(fields.text("mergeMethod"));
    return Map.of("pullRequest", shown(pull));
  }

  private Map<String, Object> shown(HostedPullRequest pull) {
    return Map.of(
        "__typename", "PullRequest",
        "url", links.page(pull.repository(), "/pull/" + pull.number()),
        "createdAt", Times.shown(pull.openedAt()),
        "id", pull.nodeId(),
        "number", pull.number(),
        "title", pull.title(),
        "body", pull.body(),
        "state", pull.state().name(),
        "headRefName", pull.head(),
        "headRefOid", pull.headSha().name());
  }

  /** A payload of which only the id of the request can be asked back. */
  private static Map<String, @Nullable Object> none() {
    Map<String, @Nullable Object> payload = new HashMap<>();
    payload.put("clientMutationId", null);
    return payload;
  }

  private HostedRepository written(GraphqlFields fields) throws GraphqlRefusedException {
    HostedRepository repository =
        hosting
            .byNodeId(fields.text("repositoryId"))
            .filter(found -> fields.caller().access() != Access.NONE)
            .orElseThrow(() -> unresolved(fields.text("repositoryId")));
    demandWrite(fields);
    return repository;
  }

  private HostedPullRequest pull(GraphqlFields fields, String argument)
      throws GraphqlRefusedException {
    HostedPullRequest pull =
        hosting
            .pullByNodeId(fields.text(argument))
            .orElseThrow(() -> unresolved(fields.text(argument)));
    demandWrite(fields);
    return pull;
  }

  private static void demandWrite(GraphqlFields fields) throws GraphqlRefusedException {
    if (fields.caller().access() != Access.WRITE) {
      throw new GraphqlRefusedException("FORBIDDEN", "Resource not accessible by integration");
    }
  }

  private static GraphqlRefusedException unresolved(String id) {
    return new GraphqlRefusedException(
        "NOT_FOUND", "Could not resolve to a node with the global id of '" + id + "'");
  }
}
