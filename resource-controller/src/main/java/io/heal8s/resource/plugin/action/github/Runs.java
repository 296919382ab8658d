// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.core.http.secret.Secret;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads lists of a run page by page: its jobs, its artifacts, and runs by their title. */
final class Runs {

  private static final int PAGE = 100;

  /** Ten thousand of anything is enough for outputs. */
  private static final int MOST_PAGES = 100;

  private final GithubApi api;

  Runs(GithubApi api) {
    this.api = api;
  }

  /** Outputs of a run; a part that cannot be read is left out. */
  ObjectNode outputs(Handle handle, JsonNode run, Optional<Secret> token) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    outputs.put("run_id", handle.run()).put("run_url", run.path("html_url").asString(""));
    all(handle.runPath() + "/jobs", "jobs", token)
        .ifPresent(
            jobs -> {
              ArrayNode list = outputs.putArray("jobs");
              jobs.forEach(
                  job ->
                      pick(
                          job,
                          list.addObject(),
                          "name",
                          "status",
                          "conclusion",
                          "started_at",
                          "completed_at"));
            });
    all(handle.runPath() + "/artifacts", "artifacts", token)
        .ifPresent(
            artifacts -> {
              ArrayNode list = outputs.putArray("artifacts");
              artifacts.forEach(
                  artifact ->
                      pick(
                          artifact,
                          list.addObject(),
                          "name",
                          "size_in_bytes",
                          "archive_download_url"));
            });
    return outputs;
  }

  private static void pick(JsonNode from, ObjectNode to, String... fields) {
    for (String field : fields) {
      if (from.has(field)) {
        to.set(field, from.path(field));
      } else {
        to.putNull(field);
      }
    }
  }

  /** The run whose title carries the key. */
  Reply find(Handle handle, String correlation, Optional<Secret> token) {
    Reply reply =
        api.get(
            handle.path()
                + "/actions/workflows/"
                + handle.workflow()
                + "/runs?event=workflow_dispatch&per_page="
                + PAGE,
            token);
    if (!(reply instanceof Reply.Ok ok)) {
      return reply;
    }
    for (JsonNode run : ok.body().path("workflow_runs")) {
      String title = run.path("display_title").asString("") + " " + run.path("name").asString("");
      if (title.contains(correlation)) {
        return new Reply.Ok(ok.status(), run);
      }
    }
    return new Reply.Ok(ok.status(), JsonNodeFactory.instance.missingNode());
  }

  private Optional<ArrayNode> all(String path, String name, Optional<Secret> token) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (int page = 1; page <= MOST_PAGES; page++) {
      Reply reply = api.get(path + "?per_page=" + PAGE + "&page=" + page, token);
      if (!(reply instanceof Reply.Ok ok)) {
        return page == 1 ? Optional.empty() : Optional.of(all);
      }
      JsonNode list = ok.body().path(name);
      list.forEach(all::add);
      if (list.size() < PAGE) {
        break;
      }
    }
    return Optional.of(all);
  }
}
