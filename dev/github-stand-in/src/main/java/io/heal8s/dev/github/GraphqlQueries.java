// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** What can be asked of the stand-in. */
record GraphqlQueries(Hosting hosting) {

  Object viewer(GraphqlFields fields) {
    return Map.of("login", fields.caller().login());
  }

  Object repository(GraphqlFields fields) throws GraphqlRefusedException {
    String owner = fields.text("owner");
    String name = fields.text("name");
    HostedRepository found =
        hosting
            .find(owner, name, fields.caller())
            .orElseThrow(
                () ->
                    new GraphqlRefusedException(
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

  @Nullable Object object(GraphqlFields fields) throws IOException {
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

  @Nullable Object file(GraphqlFields fields) throws IOException {
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
}
