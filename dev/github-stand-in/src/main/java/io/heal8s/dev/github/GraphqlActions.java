// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The queries and mutations that the stand-in carries out. */
record GraphqlActions(Hosting hosting, Links links) {

  /** A field that is more than a value at hand. */
  @FunctionalInterface
  private interface Action {
    @Nullable Object run(GraphqlActions actions, Fields fields) throws IOException, Refused;
  }

  /** Fetchers by type and field; which stand-in runs them comes with the request. */
  static final Map<String, Map<String, DataFetcher>> FETCHERS =
      Map.of(
          "Query",
          Map.of(
              "repository",
              fetcher(GraphqlActions::repository),
              "viewer",
              fetcher(GraphqlActions::viewer)),
          "Repository",
          Map.of("object", fetcher(GraphqlActions::object)),
          "Commit",
          Map.of("file", fetcher(GraphqlActions::file)),
          "Mutation",
          Map.of(
              "createRef", fetcher(GraphqlActions::createRef),
              "updateRefs", fetcher(GraphqlActions::updateRefs),
              "createPullRequest", fetcher(GraphqlActions::createPullRequest),
              "closePullRequest", fetcher(GraphqlActions::closePullRequest),
              "addComment", fetcher(GraphqlActions::addComment),
              "enablePullRequestAutoMerge", fetcher(GraphqlActions::enableAutoMerge)));

  /** Something that GitHub refuses in order. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String type;

    Refused(String type, String message) {
      super(message);
      this.type = type;
    }
  }

  /** Arguments of a field, and the object that it belongs to. */
  private record Fields(DataFetchingEnvironment environment, Caller caller) {

    private Map<String, Object> input() {
      return Objects.requireNonNull(environment.getArgument("input"));
    }

    String text(String name) {
      Map<String, Object> values =
          environment.containsArgument("input") ? input() : environment.getArguments();
      Object value = values.get(name);
      return value == null ? "" : value.toString();
    }

    Object source(String name) {
      Map<?, ?> source = Objects.requireNonNull(environment.getSource());
      return Objects.requireNonNull(source.get(name));
    }
  }

  private static DataFetcher<?> fetcher(Action action) {
    return environment -> {
      GraphqlActions actions = environment.getGraphQlContext().get(GraphqlActions.class);
      Caller caller = environment.getGraphQlContext().get(Caller.class);
      try {
        return action.run(actions, new Fields(environment, caller));
      } catch (Refused refused) {
        return DataFetcherResult.newResult()
            .error(
                new GraphqlRefusal(
                    refused.type,
                    Objects.requireNonNull(refused.getMessage()),
                    environment.getExecutionStepInfo().getPath()))
            .build();
      }
    };
  }

  private Object viewer(Fields fields) {
    return Map.of("login", fields.caller().login());
  }

  private Object repository(Fields fields) throws Refused {
    String owner = fields.text("owner");
    String name = fields.text("name");
    HostedRepository found =
        hosting
            .find(owner, name, fields.caller())
            .orElseThrow(
                () ->
                    new Refused(
                        "NOT_FOUND",
                        "Could not resolve to a Repository with the name '%s/%s'."
                            .formatted(owner, name)));
    return Map.of(
        "__typename",
        "Repository",
        "id",
        found.nodeId(),
        "nameWithOwner",
        found.fullName(),
        "it",
        found);
  }

  private @Nullable Object object(Fields fields) throws IOException {
    HostedRepository repository = (HostedRepository) fields.source("it");
    String named = fields.text("oid").isEmpty() ? fields.text("expression") : fields.text("oid");
    ObjectId id = RepositoryRoutes.resolve(repository, named);
    if (id == null) {
      return null;
    }
    try (RevWalk walk = new RevWalk(repository.git())) {
      RevCommit commit = walk.parseCommit(id);
      return Map.of(
          "__typename",
          "Commit",
          "oid",
          commit.name(),
          "id",
          "C_" + commit.name(),
          "message",
          commit.getFullMessage(),
          "tree",
          Map.of("__typename", "Tree", "oid", commit.getTree().name()),
          "it",
          repository);
    }
  }

  private @Nullable Object file(Fields fields) throws IOException {
    Repository git = ((HostedRepository) fields.source("it")).git();
    try (RevWalk walk = new RevWalk(git);
        TreeWalk entry =
            TreeWalk.forPath(
                git,
                fields.text("path"),
                walk.parseCommit(ObjectId.fromString(fields.source("oid").toString())).getTree())) {
      return entry == null
          ? null
          : Map.of(
              "__typename", "TreeEntry",
              "mode", entry.getRawMode(0),
              "oid", entry.getObjectId(0).name(),
              "path", fields.text("path"),
              "name", entry.getNameString(),
              "type", Constants.typeString(entry.getFileMode(0).getObjectType()));
    }
  }

  private HostedRepository written(Fields fields) throws Refused {
    HostedRepository repository =
        hosting
            .byNodeId(fields.text("repositoryId"))
            .filter(found -> fields.caller().access() != Access.NONE)
            .orElseThrow(() -> unresolved(fields.text("repositoryId")));
    demandWrite(fields);
    return repository;
  }

  private HostedPullRequest pull(Fields fields, String argument) throws Refused {
    HostedPullRequest pull =
        hosting
            .pullByNodeId(fields.text(argument))
            .orElseThrow(() -> unresolved(fields.text(argument)));
    demandWrite(fields);
    return pull;
  }

  private static void demandWrite(Fields fields) throws Refused {
    if (fields.caller().access() != Access.WRITE) {
      throw new Refused("FORBIDDEN", "Resource not accessible by integration");
    }
  }

  private static Refused unresolved(String id) {
    return new Refused(
        "NOT_FOUND", "Could not resolve to a node with the global id of '" + id + "'");
  }

  private Object createRef(Fields fields) throws IOException, Refused {
    HostedRepository repository = written(fields);
    String name = fields.text("name");
    if (!name.startsWith(Constants.R_HEADS) || !Repository.isValidRefName(name)) {
      throw new Refused("UNPROCESSABLE", name + " is not a valid ref name.");
    }
    String branch = name.substring(Constants.R_HEADS.length());
    ObjectId target = RepositoryRoutes.resolve(repository, fields.text("oid"));
    if (target == null) {
      throw new Refused("UNPROCESSABLE", "Object does not exist");
    }
    if (!repository.move(branch, ObjectId.zeroId(), target)) {
      throw new Refused(
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

  private Object updateRefs(Fields fields) throws IOException, Refused {
    HostedRepository repository = written(fields);
    Collection<?> updates =
        (Collection<?>) Objects.requireNonNull(fields.input().get("refUpdates"));
    if (updates.size() != 1) {
      throw new Refused("UNPROCESSABLE", "the stand-in updates one ref at a time");
    }
    Map<?, ?> update = (Map<?, ?>) updates.iterator().next();
    String branch = String.valueOf(update.get("name")).replaceFirst("^refs/heads/", "");
    ObjectId tip = repository.branch(branch).orElse(ObjectId.zeroId());
    Object before = update.get("beforeOid");
    ObjectId after = ObjectId.fromString(String.valueOf(update.get("afterOid")));
    boolean asRead = before == null || before.equals(tip.name());
    if (!asRead || !repository.move(branch, tip, after)) {
      throw new Refused("UNPROCESSABLE", "Reference update failed: " + branch + " has moved");
    }
    return none();
  }

  private Object createPullRequest(Fields fields) throws IOException, Refused {
    HostedRepository repository = written(fields);
    return switch (new Opening(repository, fields.caller().login())
        .open(
            fields.text("headRefName"),
            fields.text("baseRefName"),
            fields.text("title"),
            fields.text("body"))) {
      case Opening.Opened(HostedPullRequest pull) -> Map.of("pullRequest", shown(pull));
      case Opening.Refused(String message) -> throw new Refused("UNPROCESSABLE", message);
    };
  }

  private Object closePullRequest(Fields fields) throws Refused {
    HostedPullRequest pull = pull(fields, "pullRequestId");
    if (pull.state() == HostedPullRequest.State.MERGED) {
      throw new Refused("UNPROCESSABLE", "Pull request is merged");
    }
    if (pull.state() == HostedPullRequest.State.OPEN) {
      pull.repository().close(pull.number());
    }
    return Map.of("pullRequest", shown(pull));
  }

  private Object addComment(Fields fields) throws Refused {
    pull(fields, "subjectId").comments().add(fields.text("body"));
    return none();
  }

  private Object enableAutoMerge(Fields fields) throws Refused {
    HostedPullRequest pull = pull(fields, "pullRequestId");
    if (!pull.repository().allowsAutoMerge()) {
      throw new Refused(
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
}
