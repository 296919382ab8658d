// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pull requests, their labels, reviewers, comments and merges. */
record PullRequestRoutes(Hosting hosting, Links links) {

  private static final String PULL = "/repos/{owner}/{repo}/pulls/{pull_number}";
  private static final String ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}";

  /** What is done with a pull request that exists. */
  @FunctionalInterface
  private interface OnPull {
    Answer answer(Call call, HostedPullRequest pull) throws IOException;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", "/repos/{owner}/{repo}/pulls", this::list)
        .add("POST", "/repos/{owner}/{repo}/pulls", this::open)
        .add("GET", PULL, on("pull_number", false, this::get))
        .add("PATCH", PULL, on("pull_number", true, this::change))
        .add("PUT", PULL + "/merge", on("pull_number", true, this::merge))
        .add("POST", PULL + "/requested_reviewers", on("pull_number", true, this::ask))
        .add("POST", ISSUE + "/labels", on("issue_number", true, this::label))
        .add("GET", ISSUE + "/comments", on("issue_number", false, this::comments))
        .add("POST", ISSUE + "/comments", on("issue_number", true, this::comment));
  }

  private Route.Handler on(String number, boolean writes, OnPull handler) {
    return call -> {
      HostedRepository repository = find(call);
      Optional<HostedPullRequest> pull =
          repository == null ? Optional.empty() : repository.find((int) call.number(number));
      if (pull.isEmpty()) {
        return Answer.notFound();
      }
      return writes && call.who().access() != Access.WRITE
          ? Answer.error(403, "Resource not accessible by integration")
          : handler.answer(call, pull.get());
    };
  }

  private @Nullable HostedRepository find(Call call) {
    return hosting.find(call.path("owner"), call.path("repo"), call.who()).orElse(null);
  }

  private Answer list(Call call) {
    HostedRepository repository = find(call);
    if (repository == null) {
      return Answer.notFound();
    }
    String state = call.query("state", "open");
    String head = call.query("head", "");
    List<HostedPullRequest> found =
        repository.all().reversed().stream()
            .filter(
                pull ->
                    state.equals("all")
                        || state.equals("open") == (pull.state() == HostedPullRequest.State.OPEN))
            .filter(
                pull ->
                    head.isEmpty() || head.equalsIgnoreCase(repository.owner() + ":" + pull.head()))
            .filter(pull -> pull.base().equals(call.query("base", pull.base())))
            .toList();
    int size = Integer.parseInt(call.query("per_page", "30"));
    int skipped = (Integer.parseInt(call.query("page", "1")) - 1) * size;
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    found.stream()
        .skip(skipped)
        .limit(size)
        .forEach(pull -> list.add(new PullRequestJson(links, call.who()).shown(pull, false)));
    return Answer.ok(list);
  }

  private Answer open(Call call) throws IOException {
    HostedRepository repository = find(call);
    if (repository == null) {
      return Answer.notFound();
    }
    if (call.who().access() != Access.WRITE) {
      return Answer.error(403, "Resource not accessible by integration");
    }
    JsonNode json = call.json();
    Opening opening = new Opening(repository, call.who().login());
    return switch (opening.open(
        json.path("head").asString(),
        json.path("base").asString(),
        json.path("title").asString(""),
        json.path("body").asString(""))) {
      case Opening.Opened(HostedPullRequest pull) ->
          Answer.created(new PullRequestJson(links, call.who()).shown(pull, true));
      case Opening.Refused(String message) -> Answer.invalid("PullRequest", message);
    };
  }

  private Answer get(Call call, HostedPullRequest pull) {
    return Answer.ok(new PullRequestJson(links, call.who()).shown(pull, true));
  }

  private Answer change(Call call, HostedPullRequest pull) {
    JsonNode json = call.json();
    pull.edited(json.path("title").asString(null), json.path("body").asString(null));
    if (json.path("state").asString("").equals("closed")
        && pull.state() == HostedPullRequest.State.OPEN) {
      pull.repository().close(pull.number());
    }
    return get(call, pull);
  }

  private Answer merge(Call call, HostedPullRequest pull) throws IOException {
    JsonNode json = call.json();
    if (pull.state() != HostedPullRequest.State.OPEN) {
      return Answer.error(405, "Pull Request is not mergeable");
    }
    String expected = json.path("sha").asString(pull.headSha().name());
    if (!expected.equals(pull.headSha().name())) {
      return Answer.error(409, "Head branch was modified. Review and try the merge again.");
    }
    Optional<ObjectId> commit =
        pull.repository()
            .merge(pull, json.path("merge_method").asString("merge"), call.who().login());
    return commit.isEmpty()
        ? Answer.error(405, "Pull Request is not mergeable")
        : Answer.ok(
            node()
                .put("sha", commit.get().name())
                .put("merged", true)
                .put("message", "Pull Request successfully merged"));
  }

  private Answer ask(Call call, HostedPullRequest pull) {
    for (JsonNode reviewer : call.json().path("reviewers")) {
      if (reviewer.asString().startsWith("nobody")) {
        return Answer.error(
            422,
            "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the %s repository."
                .formatted(pull.repository().fullName()));
      }
    }
    add(call.json().path("reviewers"), pull.reviewers());
    add(call.json().path("team_reviewers"), pull.teams());
    return Answer.created(new PullRequestJson(links, call.who()).shown(pull, false));
  }

  private Answer label(Call call, HostedPullRequest pull) {
    JsonNode json = call.json();
    add(json.isArray() ? json : json.path("labels"), pull.labels());
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    PullRequestJson.labels(list, pull);
    return Answer.ok(list);
  }

  private static void add(JsonNode names, Set<String> to) {
    names.forEach(name -> to.add(name.asString()));
  }

  private Answer comments(Call call, HostedPullRequest pull) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    pull.comments().forEach(text -> list.add(node().put("body", text)));
    return Answer.ok(list);
  }

  private Answer comment(Call call, HostedPullRequest pull) {
    String text = call.json().path("body").asString();
    pull.comments().add(text);
    return Answer.created(node().put("id", pull.comments().size()).put("body", text));
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
