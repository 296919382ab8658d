// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Repositories, their branches, files and commits. */
record RepositoryRoutes(Hosting hosting, Links links) {

  private static final int LARGEST_INLINE = 1 << 20;

  void addTo(Routes routes) {
    routes
        .add("GET", "/repos/{owner}/{repo}", this::repository)
        .add("GET", "/repos/{owner}/{repo}/branches/{branch}", this::branch)
        .add("GET", "/repos/{owner}/{repo}/contents/{path}", this::contents)
        .add("PUT", "/repos/{owner}/{repo}/contents/{path}", this::write)
        .add("GET", "/repos/{owner}/{repo}/commits", this::commits);
  }

  private Answer repository(Call call) {
    Optional<HostedRepository> found = find(call);
    return found.isEmpty() ? Answer.notFound() : Answer.ok(shown(found.get(), links, call.who()));
  }

  static ObjectNode shown(HostedRepository repository, Links links, Caller caller) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", repository.id())
            .put("node_id", repository.nodeId())
            .put("name", repository.name())
            .put("full_name", repository.fullName())
            .put("private", true)
            .put("url", links.api(repository, ""))
            .put("html_url", links.page(repository, ""))
            .put("default_branch", repository.defaultBranch())
            .put("allow_auto_merge", repository.allowsAutoMerge());
    body.set("owner", user(repository.owner(), links));
    body.putObject("permissions")
        .put("admin", false)
        .put("push", caller.access() == Access.WRITE)
        .put("pull", true);
    return body;
  }

  static ObjectNode user(String login, Links links) {
    boolean bot = login.endsWith("[bot]");
    String page = bot ? "/apps/" + login.replace("[bot]", "") : "/" + login;
    return JsonNodeFactory.instance
        .objectNode()
        .put("login", login)
        .put("node_id", "U_" + login)
        .put("type", bot ? "Bot" : "User")
        .put("html_url", links.web() + page);
  }

  private Answer branch(Call call) throws IOException {
    Optional<HostedRepository> found = find(call);
    if (found.isEmpty()) {
      return Answer.notFound();
    }
    HostedRepository repository = found.get();
    Optional<ObjectId> tip = repository.branch(call.path("branch"));
    if (tip.isEmpty()) {
      return Answer.error(404, "Branch not found");
    }
    try (RevWalk walk = new RevWalk(repository.git())) {
      RevCommit commit = walk.parseCommit(tip.get());
      ObjectNode body =
          JsonNodeFactory.instance
              .objectNode()
              .put("name", call.path("branch"))
              .put("protected", false);
      body.set("commit", new GitJson(repository, links).commit(commit));
      return Answer.ok(body);
    }
  }

  private Answer commits(Call call) throws IOException {
    Optional<HostedRepository> found = find(call);
    if (found.isEmpty()) {
      return Answer.notFound();
    }
    HostedRepository repository = found.get();
    ObjectId from = resolve(repository, call.query("sha", repository.defaultBranch()));
    if (from == null) {
      return Answer.notFound();
    }
    int size = Integer.parseInt(call.query("per_page", "30"));
    int skipped = (Integer.parseInt(call.query("page", "1")) - 1) * size;
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    try (RevWalk walk = new RevWalk(repository.git())) {
      walk.markStart(walk.parseCommit(from));
      for (RevCommit commit : walk) {
        if (skipped-- > 0) {
          continue;
        }
        if (list.size() == size) {
          break;
        }
        walk.parseBody(commit);
        list.add(new GitJson(repository, links).commit(commit));
      }
    }
    return Answer.ok(list);
  }

  private Answer contents(Call call) throws IOException {
    Optional<HostedRepository> found = find(call);
    if (found.isEmpty()) {
      return Answer.notFound();
    }
    HostedRepository repository = found.get();
    ObjectId at = resolve(repository, call.query("ref", repository.defaultBranch()));
    if (at == null) {
      return Answer.error(404, "No commit found for the ref " + call.query("ref", ""));
    }
    try (RevWalk walk = new RevWalk(repository.git());
        TreeWalk entry =
            TreeWalk.forPath(repository.git(), call.path("path"), walk.parseCommit(at).getTree())) {
      return entry == null
          ? Answer.notFound()
          : Answer.ok(entry(repository, entry, call.path("path")));
    }
  }

  private JsonNode entry(HostedRepository repository, TreeWalk entry, String path)
      throws IOException {
    ObjectId id = entry.getObjectId(0);
    if (entry.getFileMode(0).equals(FileMode.TREE)) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      try (TreeWalk inside = new TreeWalk(repository.git())) {
        inside.addTree(id);
        while (inside.next()) {
          String name = path + "/" + inside.getPathString();
          list.add(described(repository, inside, name));
        }
      }
      return list;
    }
    ObjectNode shown = described(repository, entry, path);
    if (entry.getFileMode(0).equals(FileMode.GITLINK)) {
      return shown;
    }
    byte[] bytes = repository.git().open(id, Constants.OBJ_BLOB).getCachedBytes(16 << 20);
    if (entry.getFileMode(0).equals(FileMode.SYMLINK)) {
      return shown.put("target", new String(bytes, StandardCharsets.UTF_8));
    }
    boolean inline = bytes.length <= LARGEST_INLINE;
    String text = Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(bytes);
    return shown
        .put("encoding", inline ? "base64" : "none")
        .put("content", inline ? text + "\n" : "");
  }

  private ObjectNode described(HostedRepository repository, TreeWalk entry, String path)
      throws IOException {
    FileMode mode = entry.getFileMode(0);
    ObjectId id = entry.getObjectId(0);
    boolean blob = mode.getObjectType() == Constants.OBJ_BLOB;
    String type =
        mode.equals(FileMode.TREE)
            ? "dir"
            : mode.equals(FileMode.SYMLINK)
                ? "symlink"
                : mode.equals(FileMode.GITLINK) ? "submodule" : "file";
    ObjectNode shown =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", type)
            .put("name", path.substring(path.lastIndexOf('/') + 1))
            .put("path", path)
            .put("sha", id.name())
            .put("size", blob ? repository.git().open(id).getSize() : 0)
            .put("url", links.api(repository, "/contents/" + path))
            .put("git_url", links.api(repository, "/git/blobs/" + id.name()))
            .put("html_url", links.page(repository, "/blob/" + path))
            .put("download_url", links.page(repository, "/raw/" + path));
    return shown;
  }

  /** Makes one commit with one file on a branch; the first commit of all makes the branch. */
  private Answer write(Call call) throws IOException {
    Optional<HostedRepository> found = find(call);
    if (found.isEmpty()) {
      return Answer.notFound();
    }
    if (call.who().access() != Access.WRITE) {
      return Answer.error(403, "Resource not accessible by integration");
    }
    return new FileWrite(found.get(), links, call).answer();
  }

  static @Nullable ObjectId resolve(HostedRepository repository, String name) throws IOException {
    if (ObjectId.isId(name)) {
      ObjectId id = ObjectId.fromString(name);
      return repository.git().getObjectDatabase().has(id) ? id : null;
    }
    return repository.branch(name).orElse(null);
  }

  private Optional<HostedRepository> find(Call call) {
    return hosting.find(call.path("owner"), call.path("repo"), call.who());
  }
}
