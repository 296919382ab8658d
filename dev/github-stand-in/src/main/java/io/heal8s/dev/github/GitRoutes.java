// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The git database: blobs, trees, commits and refs. */
record GitRoutes(Hosting hosting, Links links) {

  void addTo(Routes routes) {
    routes
        .add("GET", "/repos/{owner}/{repo}/git/blobs/{file_sha}", this::blob)
        .add("POST", "/repos/{owner}/{repo}/git/blobs", writing(this::makeBlob))
        .add("GET", "/repos/{owner}/{repo}/git/trees/{tree_sha}", this::tree)
        .add("POST", "/repos/{owner}/{repo}/git/trees", writing(this::makeTree))
        .add("GET", "/repos/{owner}/{repo}/git/commits/{commit_sha}", this::commit)
        .add("POST", "/repos/{owner}/{repo}/git/commits", writing(this::makeCommit))
        .add("GET", "/repos/{owner}/{repo}/git/ref/{ref}", this::ref)
        .add("POST", "/repos/{owner}/{repo}/git/refs", writing(this::makeRef))
        .add("DELETE", "/repos/{owner}/{repo}/git/refs/{ref}", writing(this::deleteRef));
  }

  private static Route.Handler writing(Route.Handler handler) {
    return call ->
        call.who().access() == Access.WRITE
            ? handler.answer(call)
            : Answer.error(403, "Resource not accessible by integration");
  }

  private @Nullable HostedRepository find(Call call) {
    return hosting.find(call.path("owner"), call.path("repo"), call.who()).orElse(null);
  }

  private Answer blob(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null || !has(repository.git(), call.path("file_sha"))) {
      return Answer.notFound();
    }
    ObjectId id = ObjectId.fromString(call.path("file_sha"));
    byte[] bytes = repository.git().open(id, Constants.OBJ_BLOB).getCachedBytes(64 << 20);
    return Answer.ok(
        node()
            .put("sha", id.name())
            .put("size", bytes.length)
            .put("encoding", "base64")
            .put("content", Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(bytes))
            .put("url", links.api(repository, "/git/blobs/" + id.name())));
  }

  private Answer makeBlob(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null) {
      return Answer.notFound();
    }
    String content = call.json().path("content").asString();
    byte[] bytes =
        call.json().path("encoding").asString("utf-8").equals("base64")
            ? Base64.getMimeDecoder().decode(content)
            : content.getBytes(StandardCharsets.UTF_8);
    ObjectId id = new Trees(repository.git()).blob(bytes);
    return Answer.created(
        node().put("sha", id.name()).put("url", links.api(repository, "/git/blobs/" + id.name())));
  }

  private Answer tree(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null || !has(repository.git(), call.path("tree_sha"))) {
      return Answer.notFound();
    }
    return Answer.ok(
        shownTree(
            repository, ObjectId.fromString(call.path("tree_sha")), call.query("recursive", "")));
  }

  private ObjectNode shownTree(HostedRepository repository, ObjectId id, String recursive)
      throws IOException {
    ObjectNode body =
        node()
            .put("sha", id.name())
            .put("url", links.api(repository, "/git/trees/" + id.name()))
            .put("truncated", false);
    ArrayNode entries = body.putArray("tree");
    try (TreeWalk walk = new TreeWalk(repository.git())) {
      walk.addTree(id);
      walk.setRecursive(!recursive.isEmpty());
      while (walk.next()) {
        entries
            .addObject()
            .put("path", walk.getPathString())
            .put("mode", "%06o".formatted(walk.getRawMode(0)))
            .put("type", Constants.typeString(walk.getFileMode(0).getObjectType()))
            .put("sha", walk.getObjectId(0).name());
      }
    }
    return body;
  }

  private Answer makeTree(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null) {
      return Answer.notFound();
    }
    Trees trees = new Trees(repository.git());
    String baseTree = call.json().path("base_tree").asString("");
    if (!baseTree.isEmpty() && !has(repository.git(), baseTree)) {
      return Answer.error(404, "Not Found");
    }
    ObjectId tree = baseTree.isEmpty() ? null : ObjectId.fromString(baseTree);
    for (JsonNode entry : call.json().path("tree")) {
      ObjectId blob =
          entry.has("content")
              ? trees.blob(entry.path("content").asString().getBytes(StandardCharsets.UTF_8))
              : ObjectId.fromString(entry.path("sha").asString());
      FileMode mode = FileMode.fromBits(Integer.parseInt(entry.path("mode").asString("100644"), 8));
      tree = trees.with(tree, entry.path("path").asString(), mode, blob);
    }
    return tree == null
        ? Answer.error(422, "Invalid tree info")
        : Answer.created(shownTree(repository, tree, ""));
  }

  private Answer commit(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null || !has(repository.git(), call.path("commit_sha"))) {
      return Answer.notFound();
    }
    return shownCommit(repository, ObjectId.fromString(call.path("commit_sha")), 200);
  }

  private Answer shownCommit(HostedRepository repository, ObjectId id, int status)
      throws IOException {
    try (RevWalk walk = new RevWalk(repository.git())) {
      return new Answer(status, new GitJson(repository, links).gitCommit(walk.parseCommit(id)));
    }
  }

  private Answer makeCommit(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null) {
      return Answer.notFound();
    }
    if (!has(repository.git(), call.json().path("tree").asString())) {
      return Answer.error(422, "Tree SHA does not exist");
    }
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(ObjectId.fromString(call.json().path("tree").asString()));
    for (JsonNode parent : call.json().path("parents")) {
      if (!has(repository.git(), parent.asString())) {
        return Answer.error(422, "Parent SHA does not exist or is not a commit object");
      }
      commit.addParentId(ObjectId.fromString(parent.asString()));
    }
    commit.setMessage(call.json().path("message").asString());
    PersonIdent who = person(call);
    commit.setAuthor(who);
    commit.setCommitter(who);
    return shownCommit(repository, new Trees(repository.git()).commit(commit), 201);
  }

  private static PersonIdent person(Call call) {
    JsonNode author = call.json().path("author");
    String login = call.who().login();
    return new PersonIdent(
        author.path("name").asString(login),
        author.path("email").asString(login + "@users.noreply.example.org"),
        author.has("date") ? Instant.parse(author.path("date").asString()) : Instant.now(),
        ZoneOffset.UTC);
  }

  private Answer ref(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null) {
      return Answer.notFound();
    }
    String branch = call.path("ref").replaceFirst("^heads/", "");
    Optional<ObjectId> tip = repository.branch(branch);
    return tip.isEmpty() ? Answer.notFound() : Answer.ok(shownRef(repository, branch, tip.get()));
  }

  private ObjectNode shownRef(HostedRepository repository, String branch, ObjectId tip) {
    ObjectNode body =
        node()
            .put("ref", Constants.R_HEADS + branch)
            .put("node_id", "REF_" + branch)
            .put("url", links.api(repository, "/git/refs/heads/" + branch));
    body.putObject("object")
        .put("type", "commit")
        .put("sha", tip.name())
        .put("url", links.api(repository, "/git/commits/" + tip.name()));
    return body;
  }

  private Answer makeRef(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null) {
      return Answer.notFound();
    }
    String name = call.json().path("ref").asString();
    String sha = call.json().path("sha").asString();
    if (!name.startsWith(Constants.R_HEADS) || !Repository.isValidRefName(name)) {
      return Answer.error(422, name + " is not a valid ref name.");
    }
    if (!has(repository.git(), sha)) {
      return Answer.error(422, "Object does not exist");
    }
    String branch = name.substring(Constants.R_HEADS.length());
    return repository.move(branch, ObjectId.zeroId(), ObjectId.fromString(sha))
        ? Answer.created(shownRef(repository, branch, ObjectId.fromString(sha)))
        : Answer.error(422, "Reference already exists");
  }

  private Answer deleteRef(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null) {
      return Answer.notFound();
    }
    String branch = call.path("ref").replaceFirst("^heads/", "");
    Optional<ObjectId> tip = repository.branch(branch);
    if (tip.isEmpty() || !repository.move(branch, tip.get(), ObjectId.zeroId())) {
      return Answer.error(422, "Reference does not exist");
    }
    return Answer.empty(204);
  }

  private static boolean has(Repository git, String sha) throws IOException {
    return ObjectId.isId(sha) && git.getObjectDatabase().has(ObjectId.fromString(sha));
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
